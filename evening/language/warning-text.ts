/** Early warning in sentences, for the terminal page and the message. */
import { earlyWarningDefinition } from '../../schemas/scores/early-warning.ts'
import type { Warning } from '../gather/warning.ts'
import type { Evening } from '../gather.ts'
import type { Say } from './language.ts'
import { percent, signedDecimal } from './numbers.ts'

/** The value with two digits after the point, or as many more as keep it below the end of its level. */
export const warningText = ({
  early_warning: value,
  level_from,
}: Pick<Warning, 'early_warning' | 'level_from'>): string => {
  const end = Number((level_from + 0.1).toFixed(1))
  for (let digits = 2; digits < 15; digits++) {
    const text = value.toFixed(digits)
    if (value >= end || Number(text) < end) return text
  }
  return String(value)
}

export type Warned = Evening<'warning' | 'warningParts' | 'volatility'>

/**
 * One sentence each: the value, what raised it since last week, and what followed such levels. If it is unknown, which
 * part is missing and since when.
 */
export const warningSentences = (evening: Warned, say: Say): string[] => {
  const { warning, volatility } = evening
  if (!warning) return [unknown(evening, say)]
  return [
    say('warning_value', {
      value: warningText(warning),
      percentile: warning.percentile === null ? say('unknown') : percent(warning.percentile, 0),
      vix: volatility?.vix_close.toFixed(2) ?? say('unknown'),
    }),
    ...raised(warning, say),
    followed(warning, say),
  ]
}

const unknown = ({ session, warningParts: parts }: Warned, say: Say): string => {
  if (!parts) return say('warning_unknown')
  const missing = (
    [
      ['warning_lacks_vix', parts.vix_known, parts.vix_last_on],
      ['warning_lacks_term_structure', parts.term_structure_known, parts.term_structure_last_on],
      ['warning_lacks_credit', parts.credit_known, parts.credit_last_on],
    ] as const
  )
    .filter(([, isKnown]) => !isKnown)
    .map(([key, , on]) => {
      const part = say(key)
      if (!on) return say('warning_part_never', { part })
      return on === session
        ? say('warning_part_short', { part, count: earlyWarningDefinition.fewestValues })
        : say('warning_part_last', { part, on })
    })
  return say('warning_unknown_part', { missing: missing.join(say('between_items')) })
}

const raised = (warning: Warning, say: Say): string[] => {
  if (warning.change_5 === null) return []
  const parts = [
    ['warning_vix', warning.vix_change_5],
    ['warning_term_structure', warning.term_structure_change_5],
    ['warning_credit', warning.credit_change_5],
  ] as const
  const change = signedDecimal(warning.change_5)
  const risen = parts
    .filter(([, by]) => by !== null && by >= 0.005)
    .sort((a, b) => b[1]! - a[1]!)
    .map(([part, by]) => say('warning_part', { part: say(part), change: signedDecimal(by!) }))
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
