/** The dictionary of the pages: what holds for every text of it. */
import { parse } from 'node-html-parser'
import { expect, it } from 'vitest'
import { termsHtml } from '../../../evening/html/trust-html.ts'
import { type Key, saying } from '../../../evening/language/language.ts'
import { plainNames } from '../../../evening/language/names.ts'
import { words } from '../../../evening/language/words.ts'
import { signals } from '../../../schemas/signals.ts'
import { watchedTables } from '../../../schemas/watched.ts'
import { sources } from '../../../sources/index.ts'
import { narrowSign } from '../../support/chinese.ts'

const texts = [
  ...Object.entries(words),
  ...signals.flatMap(({ column, title, spoken = title, lit, notLit }) =>
    [title, spoken, lit, notLit].map((text, i) => [`${column} ${i}`, text] as const),
  ),
]

const keys = Object.keys(words) as Key[]
const [english, chinese] = [saying('en'), saying('zh')]

/** Blanks of a text, those with which a word agrees among them. */
const blanksOf = (text: string) => [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name!)

/** Nouns that stand behind a number somewhere: the plurals of the dictionary, and those that it might get. */
const plurals = [
  ...new Set([
    ...Object.values(words).flatMap(([text]) =>
      [...text.matchAll(/\{\w+:[^|}]*\|([a-z]+s)\b[^}]*\}/g)].map(([, many]) => many!),
    ),
    ...['evenings', 'times', 'sources', 'catalysts', 'releases', 'companies', 'months', 'years', 'quarters'],
    ...['bars', 'closes', 'options', 'columns', 'weeks', 'minutes', 'reversals', 'gaps', 'exhibits', 'figures'],
  ]),
]

it('has the singular behind one of a thing, and the plural behind several', () => {
  expect(plurals.length).toBeGreaterThan(20)
  const many = new RegExp(`(?<![\\d.,])1 (?:(?!of )[a-z]+ ){0,2}(?:${plurals.join('|')})\\b`)
  for (const key of keys) {
    const [text] = words[key]
    const filled = (value: number) => english(key, Object.fromEntries(blanksOf(text).map((name) => [name, value])))
    expect(filled(1), key).not.toMatch(many)
    expect(filled(1).match(/[{}|]/), key).toBeNull()
    for (const [, one] of text.matchAll(/\{\w+:([^|}]*)\|/g))
      expect(filled(2), key).not.toMatch(new RegExp(`\\b2 ${one}\\b`))
  }
})

it('says how many of how many in the number of each', () => {
  expect(english('as_table', { count: 1 })).toBe('As a table (1 row)')
  expect(english('as_table', { count: 2802 })).toBe('As a table (2,802 rows)')
  expect(english('head_lit_one_only', { lit: 1, known: 1, title: 'VVIX' })).toBe('1 of 1 known signal is lit: VVIX')
  expect(english('alternative_moved', { count: 1, down: 1 })).toBe('Of 1 symbol 1 closed below the previous close.')
  expect(english('count_sessions', { count: '1' })).toBe('1 session')
  expect(chinese('count_sessions', { count: 1 })).toBe('1 个交易日')
  expect(() => english('count_sessions')).toThrow('count_sessions: nothing was given for {count}')
})

it('sets punctuation as wide as a character beside Chinese characters', () => {
  const narrow = texts.filter(([, [, chinese]]) => narrowSign.test(chinese))
  expect(narrow).toEqual([])
})

it('has a Chinese name for each table that a notice may name', () => {
  for (const { name } of watchedTables) {
    expect(words, name).toHaveProperty(`name_${name}`)
    expect(plainNames(name, chinese), name).toMatch(/[\u4e00-\u9fff]/)
  }
})

it('quotes the terms of a source in a Chinese text', () => {
  for (const { name, licence } of sources) {
    const terms = (say: typeof chinese) => parse(String(termsHtml('', [name], say))).querySelector('li')!.structuredText
    expect(terms(chinese), name).toBe(`${name}：“${licence}”`)
    expect(terms(english), name).toBe(`${name}: ${licence}`)
  }
})

it('writes millions of dollars in one way', () => {
  for (const [key, [text]] of Object.entries(words)) expect(text, key).not.toMatch(/\$[\d.]*[MBK]\b/)
})
