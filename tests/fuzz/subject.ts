/** Answers about another subject than the one that was asked for. */
import { type Draws, type Family, textOf } from './mutation.ts'
import type { Seed } from './seed.ts'

/** What a payload of the key calls its subject, and what one of another key would. */
const others: Readonly<Record<string, readonly [was: string, is: string]>> = {
  SPY: ['SPY', 'QQQ'],
  SPX: ['SPX', 'NDX'],
  GSPC: ['GSPC', 'NDX'],
  '0001045810': ['1045810', '1318605'],
  PAYEMS: ['PAYEMS', 'UNRATE'],
  SKEW: ['SKEW', 'VVIX'],
  equity: ['EQUITY', 'INDEX'],
  nonfarm_payrolls: ['"release_id":50', '"release_id":10'],
  '2025-11-19': ['Nov 19, 2025', 'Nov 18, 2025'],
}

const otherSubject = (seed: Seed, _: Draws) => {
  const text = textOf(seed)
  const [was, is] = others[seed.key] ?? ['', '']
  if (seed.isImport || !was || !text.includes(was)) return undefined
  return { kind: 'wrong symbol', what: `${was} is ${is}`, body: Buffer.from(text.replaceAll(was, is)) }
}

export const subjectFamilies: readonly Family[] = [
  { kind: 'wrong symbol', formats: ['csv', 'json', 'html'], mutate: otherSubject },
]
