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

const found = new Map<string, readonly string[]>()
const topicsFound = ({ sentence, year }: Labelled): readonly string[] => {
  const key = `${year} ${sentence}`
  const known = found.get(key) ?? read(sentence, year).mentions.map(({ topic }) => topic)
  found.set(key, known)
  return known
}

/** Per topic, the number of sentences found correctly, found wrongly and missed. */
export const measureTopics = (labelled: readonly Labelled[] = sharedSentences()): Map<string, Counts> => {
  const rows = labelled.map((row) => ({ wanted: row.topics, found: topicsFound(row) }))
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

/** The sentences of each speech. */
const bySpeech = (labelled: readonly Labelled[]): Labelled[][] => {
  const speeches = new Map<string, Labelled[]>()
  for (const row of labelled) speeches.set(row.speech, [...(speeches.get(row.speech) ?? []), row])
  return [...speeches.values()]
}

/** Parts of the speeches, with whole speeches in each, so that no speech is in two parts. */
export const parts = (labelled: readonly Labelled[], count: number): Labelled[][] =>
  bySpeech(labelled).reduce<Labelled[][]>(
    (sofar, speech, i) => sofar.map((part, at) => (at === i % count ? [...part, ...speech] : part)),
    Array.from({ length: count }, () => []),
  )

/** 95 % interval of a measure, from samples of whole speeches with replacement. The samples are the same in each run. */
export const intervalBySpeech = (
  labelled: readonly Labelled[],
  measure: (rows: readonly Labelled[]) => number,
): string => {
  const speeches = bySpeech(labelled)
  let seed = 7
  const draw = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return speeches[Math.floor((seed / 2_147_483_648) * speeches.length)]!
  }
  const samples = Array.from({ length: 200 }, () => measure(speeches.flatMap(draw))).sort((a, b) => a - b)
  return `${samples[5]!.toFixed(2)} to ${samples[194]!.toFixed(2)}`
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
