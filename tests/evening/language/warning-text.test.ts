/** What the evening says about early warning: the value, what raised it, what followed, and whether that is proven. */
import { describe, expect, it } from 'vitest'
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

  it('tells value, percentile, VIX, what raised it, and that the share is not proven', () => {
    expect(warningSentences(warning, 22.5, say)).toEqual([
      'Early warning 0.72, percentile 88 % in its history (VIX 22.50)',
      'Since last week +0.10; raised by VIX +0.12, credit +0.03',
      'At such a level (0.7 to 0.8) 20 % of 412 earlier sessions were followed by a fall of 5 % within 20 sessions (10 % to 36 %); of all sessions 14 %; not proven: the interval contains the rate of all sessions',
    ])
  })

  it('leaves "not proven" out only if the rate of all sessions is outside of the interval', () => {
    expect(warningSentences({ ...warning, base_rate: 0.05 }, 22.5, say)[2]).not.toContain('not proven')
    expect(warningSentences({ ...warning, fall_share: null, case_count: 0 }, 22.5, say)[2]).toBe(
      'No earlier session at such a level',
    )
  })

  it('says what is unknown', () => {
    expect(warningSentences(null, null, say)).toEqual(['Early warning is unknown'])
    expect(warningSentences({ ...warning, change_5: null, percentile: null }, null, say)[0]).toBe(
      'Early warning 0.72, percentile unknown in its history (VIX unknown)',
    )
    expect(warningSentences({ ...warning, change_5: -0.1, vix_change_5: -0.1, credit_change_5: 0 }, 20, say)[1]).toBe(
      'Since last week -0.10; no part raised it',
    )
  })
})
