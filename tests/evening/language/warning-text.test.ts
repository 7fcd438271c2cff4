/** What the evening says about early warning: the value, what raised it, what followed, and whether that is proven. */
import { describe, expect, it } from 'vitest'
import type { Warning, WarningParts } from '../../../evening/gather/warning.ts'
import { saying } from '../../../evening/language/language.ts'
import { warningSentences } from '../../../evening/language/warning-text.ts'

const warning = {
  early_warning: 0.72,
  percentile: 0.884,
  change_5: 0.1,
  vix_change_5: 0.12,
  term_structure_change_5: -0.05,
  credit_change_5: 0.03,
  level_from: 0.7,
  case_count: 412,
  fall_share: 0.2,
  fall_low_95: 0.1,
  fall_high_95: 0.36,
  base_rate: 0.14,
}

describe('early warning in words', () => {
  const say = saying('en')
  const evening = (own: Warning | null, vix: number | null, parts: WarningParts | null = null) => ({
    session: '2025-11-20',
    next: '2025-11-21',
    notice: undefined,
    warning: own,
    warningParts: parts,
    volatility:
      vix === null
        ? null
        : {
            vix_close: vix,
            vix_change_fraction: null,
            vix_percentile_expanding: null,
            sessions_since_higher_close: null,
            higher_close_on: null,
            is_first: false,
            vix_term_structure: null,
          },
  })
  const sentences = (own: Warning | null, vix: number | null) => warningSentences(evening(own, vix), say)

  it('tells value, percentile, VIX, what raised it, and that the share is not proven', () => {
    expect(sentences(warning, 22.5)).toEqual([
      'Early warning 0.72, percentile 88 % in its history (VIX 22.50)',
      'Since last week +0.10; raised by VIX +0.12, credit +0.03',
      'At such a level (0.7 to 0.8) 20 % of 412 earlier sessions were followed by a fall of 5 % within 20 sessions (95 % interval 10 % to 36 %); of all sessions 14 %; not proven: the interval contains the rate of all sessions',
    ])
  })

  it('leaves "not proven" out only if the rate of all sessions is outside of the interval', () => {
    expect(sentences({ ...warning, base_rate: 0.05 }, 22.5)[2]).not.toContain('not proven')
    expect(sentences({ ...warning, fall_share: null, case_count: 0 }, 22.5)[2]).toBe(
      'No earlier session at such a level',
    )
  })

  it('writes a value so that it lies at the level that it names', () => {
    const near = { ...warning, early_warning: 0.8999, level_from: 0.8 }
    const [first, , last] = sentences(near, 22.5)
    expect(first).toContain('Early warning 0.8999,')
    expect(last).toContain('At such a level (0.8 to 0.9)')
    expect(sentences({ ...near, early_warning: 0.894 }, 22.5)[0]).toContain('Early warning 0.89,')
    expect(sentences({ ...near, early_warning: 0.99997, level_from: 0.9 }, 22.5)[0]).toContain('Early warning 0.99997,')
    expect(sentences({ ...near, early_warning: 1, level_from: 0.9 }, 22.5)[0]).toContain('Early warning 1.00,')
  })

  it('writes no percentile below the highest as 100 %', () => {
    expect(sentences({ ...warning, percentile: 0.9996 }, 22.5)[0]).toContain('percentile >99.9 % in its history')
    expect(sentences({ ...warning, percentile: 1 }, 22.5)[0]).toContain('percentile 100 % in its history')
    expect(sentences({ ...warning, case_count: 1 }, 22.5)[2]).toContain('% of 1 earlier session was followed by a fall')
  })

  it('says what is unknown', () => {
    expect(sentences(null, null)).toEqual(['Early warning is unknown'])
    expect(sentences({ ...warning, change_5: null, percentile: null }, null)[0]).toBe(
      'Early warning 0.72, percentile unknown in its history (VIX unknown)',
    )
    expect(sentences({ ...warning, change_5: -0.1, vix_change_5: -0.1, credit_change_5: 0 }, 20)[1]).toBe(
      'Since last week −0.10; no part raised it',
    )
  })

  it('names the parts without which it is unknown, and the last session of each', () => {
    const parts = {
      vix_known: true,
      vix_last_on: '2025-11-20',
      term_structure_known: false,
      term_structure_last_on: '2025-11-18',
      credit_known: false,
      credit_last_on: null,
    }
    expect(warningSentences(evening(null, 22.5, parts), say)).toEqual([
      'Early warning is unknown: the term structure (VIX/VIX3M) has no value for this session (last value: 2025-11-18); credit stress (HYG and TLT over 63 sessions) has no value in this lake so far',
    ])
    const young = { ...parts, term_structure_known: true, credit_last_on: '2025-11-20' }
    expect(warningSentences(evening(null, 22.5, young), say)).toEqual([
      'Early warning is unknown: credit stress (HYG and TLT over 63 sessions) has fewer than 252 values so far',
    ])
    expect(warningSentences(evening(null, 22.5, parts), saying('zh'))).toEqual([
      '预警值未知：期限结构（VIX/VIX3M）当日没有数值（最近一次数值：2025-11-18）；信用压力（HYG 与 TLT，63 个交易日）在本数据湖中至今没有数值',
    ])
  })
})
