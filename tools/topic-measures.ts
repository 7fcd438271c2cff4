/** Counts and scores of the topic rules on labelled sentences. */

import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { topics } from '../schemas/topics/index.ts'
import { read } from '../schemas/topics/shared/classify.ts'
import { sharedCsv } from '../tests/support/shared-folder.ts'

export interface Counts {
  readonly hits: number
  readonly wrong: number
  readonly missed: number
}

export interface Labelled {
  /** Speaker or meeting, and date, as in `powell-2025-09-23`. */
  readonly speech: string
  readonly sentence: string
  readonly year: number
  readonly topics: readonly string[]
  readonly stance: string
}

const labelledOf = (rows: readonly Record<string, string>[]): Labelled[] =>
  rows.map((row) => ({
    speech: row.speech!,
    sentence: row.sentence!,
    year: Number(/(\d{4})-\d\d-\d\d$/.exec(row.speech!)?.[1]),
    topics: row.topics!.split('|').filter(Boolean),
    stance: row.stance!,
  }))

/** The sentences of the shared folder. All of them were read while the rules were written. */
export const sharedSentences = (): Labelled[] => labelledOf(sharedCsv('data/fed/sentence_labels.csv'))

const heldOutRows = parse(readFileSync(new URL('../tests/schemas/held-out-sentences.csv', import.meta.url), 'utf8'), {
  columns: true,
}) as Record<string, string>[]

/** A set of sentences whose speeches were opened after the rules of its first measure were final. */
export const heldOut = (set: string): Labelled[] => labelledOf(heldOutRows.filter((row) => row.set === set))

/** Per topic, the number of sentences found correctly, found wrongly and missed. */
export const measureTopics = (labelled: readonly Labelled[] = sharedSentences()): Map<string, Counts> => {
  const rows = labelled.map((row) => ({
    wanted: row.topics,
    found: read(row.sentence, row.year).mentions.map(({ topic }) => topic),
  }))
  const count = (topic: string, isFound: boolean, isWanted: boolean) =>
    rows.filter(({ wanted, found }) => found.includes(topic) === isFound && wanted.includes(topic) === isWanted).length
  return new Map(
    topics.map(({ name }) => [
      name,
      { hits: count(name, true, true), wrong: count(name, true, false), missed: count(name, false, true) },
    ]),
  )
}

export const precision = ({ hits, wrong }: Counts) => hits / (hits + wrong)
export const recall = ({ hits, missed }: Counts) => hits / (hits + missed)
export const f1 = ({ hits, wrong, missed }: Counts) => (2 * hits) / (2 * hits + wrong + missed)

export const sum = (all: readonly Counts[]): Counts =>
  all.reduce((a, b) => ({ hits: a.hits + b.hits, wrong: a.wrong + b.wrong, missed: a.missed + b.missed }), {
    hits: 0,
    wrong: 0,
    missed: 0,
  })

/** A topic with fewer labelled sentences is left out of macro F1. */
const enough = 5

/** Macro F1 (mean over topics with at least five labelled sentences) and micro F1 (all decisions together). */
export const summary = (measured: ReadonlyMap<string, Counts>) => {
  const all = [...measured.values()]
  const counted = all.filter(({ hits, missed }) => hits + missed >= enough)
  return {
    macro: counted.reduce((total, each) => total + f1(each), 0) / counted.length,
    micro: f1(sum(all)),
    topics: counted.length,
  }
}

/** 95 % Wilson interval of a share. */
export const wilson = (hits: number, n: number): string => {
  const z = 1.959963984540054
  const share = hits / n
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return `${(centre - half).toFixed(2)} to ${(centre + half).toFixed(2)}`
}

export const stances = (labelled: readonly Labelled[]) => {
  const rows = labelled.filter(({ stance }) => stance !== 'na')
  const right = rows.filter(({ sentence, year, stance }) => read(sentence, year).stance === stance)
  return { right: right.length, n: rows.length }
}
