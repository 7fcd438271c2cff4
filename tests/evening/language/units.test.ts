/** Values in the unit of their column, evidence in plain words, and one format for numbers in sentences. */
import { describe, expect, it } from 'vitest'
import { cell } from '../../../evening/html/cells.ts'
import { evidenceText } from '../../../evening/language/evidence.ts'
import { saying } from '../../../evening/language/language.ts'
import { percent, signedPercent } from '../../../evening/language/numbers.ts'
import { signalValue } from '../../../evening/language/signal-value.ts'
import { changeInUnit, changes, inUnit } from '../../../evening/language/units.ts'
import { catalystKinds } from '../../../schemas/catalysts/index.ts'
import { precursors } from '../../../schemas/precursors.ts'
import { levelText } from '../../../schemas/signal-levels.ts'
import { signals } from '../../../schemas/signals.ts'
import { crashPrecursors } from '../../../schemas/views/composite/crash_precursors.ts'

const [english, chinese] = [saying('en'), saying('zh')]

describe('a value', () => {
  it.each([
    [4_907_952_290, 'USD per 1 %', '$4.9 bn per 1 %', '每 1 % $4.9 bn'],
    [0.0043, 'fraction', '0.43 %', '0.43 %'],
    [1.5e-7, 'per million USD', '0.000015 % per $1 m', '每百万美元 0.000015 %'],
    [0.122, 'fraction per year', '12.2 % a year', '年化 12.2 %'],
    [1.4, 'standard deviations', '1.40 standard deviations', '1.40 个标准差'],
    [26.42, 'points', '26.42', '26.42'],
    [119, 'thousand persons', '119 thousand persons', '119 千人'],
    [57_006_000_000, 'USD', '$57.0 bn', '$57.0 bn'],
    [1, 'kinds', '1 kind', '1 种'],
  ])('of %s %s has its unit', (value, unit, en, zh) => {
    expect(inUnit(value, unit, english)).toBe(en)
    expect(inUnit(value, unit, chinese)).toBe(zh)
  })

  it('of every precursor, and of every kind with figures, has a declared unit', () => {
    expect(precursors.filter(({ column }) => !('unit' in crashPrecursors.columns[column]))).toEqual([])
    const figured = catalystKinds.filter(({ unit }) => unit !== undefined).map(({ kind }) => kind)
    expect(figured).toEqual(
      expect.arrayContaining(['earnings', 'fomc_decision', 'nonfarm_payrolls', 'treasury_auction']),
    )
  })
})

describe('a share', () => {
  it.each([
    [1, undefined, '100.0 %'],
    [0.9999, undefined, '>99.9 %'],
    [0.9994, undefined, '99.9 %'],
    [0.9999, 0, '>99.9 %'],
    [0.997, 0, '99.7 %'],
    [0.94, 0, '94 %'],
    [1, 0, '100 %'],
    [0, 0, '0 %'],
    [0.004, 0, '0.40 %'],
    [-0.9999, undefined, '−100.0 %'],
  ])('of %s is all or nothing only if it is that', (value, digits, written) =>
    expect(percent(value, digits)).toBe(written),
  )
})

describe('a change', () => {
  it.each([
    [0.0057, '+0.57 %'],
    [-0.0057, '−0.57 %'],
    [0, '0.0 %'],
    [0.99996, '+100.0 %'],
    [4.7e-7, '0.0 %'],
    [-4.7e-7, '0.0 %'],
  ])('of %s has its sign', (value, written) => expect(signedPercent(value)).toBe(written))

  it('has its sign in every unit', () => {
    expect(changeInUnit(69, 'thousand persons', english)).toBe('+69 thousand persons')
    expect(changeInUnit(-1234.5, 'thousand', english)).toBe('−1,234.5 thousand')
    expect(changeInUnit(0.016, 'fraction', chinese)).toBe('+1.6 %')
    expect(cell(6.89, 'percentage_points', english)).toBe('+6.9')
    expect(cell(-0.04, 'percentage_points', english)).toBe('0.0')
    expect(cell(2.5e-14, 'hundredths', english)).toBe('0.00')
    expect(cell(-0.004, 'hundredths', english)).toBe('0.00')
    expect(cell(-0.96, 'hundredths', english)).toBe('−0.96')
    expect(cell(0.19, 'difference', english)).toBe('+0.19')
    expect(cell(-0.1, 'difference', english)).toBe('−0.10')
    expect(cell(-0.0009, 'difference', english)).toBe('0.00')
    expect(changes.filter((name) => !precursors.some(({ column }) => column === name))).toEqual([])
  })

  it('of a signal is written with its sign', () => {
    const lastHalfHour = signals.find(({ column }) => column === 'etf_last_30_return')!
    expect(signalValue(lastHalfHour, 0.0023, english)).toBe('+0.23 %')
    expect(levelText(lastHalfHour, -0.005)).toBe('-0.5 %')
    // A signal on a return or a change that goes either way.
    const named = signals.filter(({ column, unit }) => unit === 'fraction' && /return|change/.test(column))
    expect(named.filter(({ format }) => format !== 'change')).toEqual([])
  })
})

it('evidence has no instants, parts of the day and topics as the lake names them', () => {
  const filing = '8-K 1, items 2.02; results accepted 2025-11-19T21:20:31.000Z (after_close): first of its quarter'
  expect(evidenceText(filing, english)).toBe(
    '8-K 1, items 2.02; results accepted 2025-11-19 16:20 (after the close): first of its quarter',
  )
  const speech =
    'private_credit.private_credit (Private credit): “a_b.c (d) said”, 1 sentence\nx_y.z (z): “q”, 2 sentences'
  expect(evidenceText(speech, english)).toBe(
    'private credit (Private credit): “a_b.c (d) said”, 1 sentence\nx y (z): “q”, 2 sentences',
  )
  expect(evidenceText(speech.split('\n')[0]!, chinese)).toBe('私人信贷（Private credit）：“a_b.c (d) said”，1 句')
})

it('a count in a sentence has the separators that it has in a table', () => {
  expect(english('count_sessions', { count: 2802 })).toBe('2,802 sessions')
  expect(english('count_sessions', { count: 146 })).toBe('146 sessions')
})
