/** Early warning in sentences, for the terminal page and the message. */
import type { Warning } from '../gather/warning.ts'
import type { Say } from './language.ts'
import { percent } from './numbers.ts'

const signedPoints = (value: number) => `${value >= 0 ? '+' : ''}${value.toFixed(2)}`

/** One sentence each: the value, what raised it since last week, and what followed such levels. */
export const warningSentences = (warning: Warning | null, vix: number | null, say: Say): string[] => {
  if (!warning) return [say('warning_unknown')]
  return [
    say('warning_value', {
      value: warning.early_warning.toFixed(2),
      percentile: warning.percentile === null ? say('unknown') : percent(warning.percentile, 0),
      vix: vix?.toFixed(2) ?? say('unknown'),
    }),
    ...raised(warning, say),
    followed(warning, say),
  ]
}

const raised = (warning: Warning, say: Say): string[] => {
  if (warning.change_5 === null) return []
  const parts = [
    ['warning_vix', warning.vix_change_5],
    ['warning_term_structure', warning.term_structure_change_5],
    ['warning_credit', warning.credit_change_5],
  ] as const
  const change = signedPoints(warning.change_5)
  const risen = parts
    .filter(([, by]) => by !== null && by >= 0.005)
    .sort((a, b) => b[1]! - a[1]!)
    .map(([part, by]) => say('warning_part', { part: say(part), change: signedPoints(by!) }))
  return [
    risen.length
      ? say('warning_raised', { change, parts: risen.join(say('between_names')) })
      : say('warning_not_raised', { change }),
  ]
}

const followed = (warning: Warning, say: Say): string => {
  const { fall_share: share, fall_low_95: low, fall_high_95: high, base_rate: base, level_from: from } = warning
  if (share === null || low === null || high === null || base === null) return say('warning_no_cases')
  const isProven = low > base || high < base
  return `${say('warning_followed', {
    from: from.toFixed(1),
    to: (from + 0.1).toFixed(1),
    share: percent(share, 0),
    count: warning.case_count,
    low: percent(low, 0),
    high: percent(high, 0),
    base: percent(base, 0),
  })}${isProven ? '' : say('warning_not_proven')}`
}
