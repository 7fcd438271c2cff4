/** Mutations of a seed in their order, drawn from a seed number, so that the same ones come in every run. */
import fc from 'fast-check'
import { byteFamilies } from './bytes.ts'
import { csvFamilies } from './csv.ts'
import type { FuzzLake, Landing } from './fuzz-lake.ts'
import { jsonFamilies } from './json.ts'
import { judge } from './judge.ts'
import { Draws, type Family, type Mutation } from './mutation.ts'
import { nameOf, type Seed } from './seed.ts'
import { subjectFamilies } from './subject.ts'
import { workbookFamilies } from './workbook.ts'

const families: readonly Family[] = [
  ...byteFamilies,
  ...subjectFamilies,
  ...csvFamilies,
  ...jsonFamilies,
  ...workbookFamilies,
]

/** The full sweep makes so many times as many mutations. */
export const rounds = process.env.PRECURSOR_SWEEP ? Number(process.env.PRECURSOR_ROUNDS ?? 20) : 1
const deadlineMs = 30_000
const seedNumber = Number(process.env.PRECURSOR_SEED ?? 20_251_120)

const numbers = fc.array(fc.noBias(fc.nat()), { minLength: 8, maxLength: 8 })

/** Numbers of a string, so that two seeds with the same families get different draws. */
const seedOf = (text: string) => [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) | 0, seedNumber)

export const mutationsOf = async (seed: Seed): Promise<Mutation[]> => {
  const mutations: Mutation[] = []
  for (const family of families) {
    if (!family.formats.includes(seed.format)) continue
    const numRuns = (family.share ?? 1) * rounds
    for (const drawn of fc.sample(numbers, { numRuns, seed: seedOf(nameOf(seed) + family.kind) })) {
      const mutation = await family.mutate(seed, new Draws(drawn))
      if (mutation && !Buffer.from(mutation.body).equals(seed.body)) mutations.push(mutation)
    }
  }
  return mutations
}

export interface Finding {
  readonly seed: string
  readonly mutation: Mutation
  readonly wrong: string
}

const inTime = async (work: Promise<Landing>): Promise<Landing> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${deadlineMs / 1000} s`)), deadlineMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** Lands every mutation of a seed on its own, and gives those that came to something wrong. */
export const findingsOf = async (lake: FuzzLake, seed: Seed, mutations: readonly Mutation[]): Promise<Finding[]> => {
  const right = await lake.land(seed, seed.body)
  if (right.outcome.error || right.rejected.length || !right.rows.length)
    throw new Error(`${nameOf(seed)} itself does not land: ${right.outcome.error ?? right.rejected[0]?.reason}`)
  const findings: Finding[] = []
  for (const mutation of mutations) {
    let wrong: string | undefined
    try {
      wrong = judge(seed, mutation, right, await inTime(lake.land(seed, mutation.body)))
    } catch (error) {
      wrong = `thrown: ${(error as Error).message}`
    }
    if (wrong) findings.push({ seed: nameOf(seed), mutation, wrong })
  }
  return findings
}

export const told = ({ seed, mutation, wrong }: Finding) =>
  `${seed} · ${mutation.kind} · ${mutation.what}\n    ${wrong}`
