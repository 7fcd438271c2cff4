/** Values in the unit that their column or catalyst kind declares. */
import type { Say } from './language.ts'
import { decimal, dollars, onAxis, percent, withSign } from './numbers.ts'
import { counted } from './signal-value.ts'
import { told } from './told.ts'

type Writer = (value: number, say: Say) => string

const count =
  (what: Parameters<typeof counted>[0]): Writer =>
  (value, say) =>
    counted(what, value, say)

/** Units of which the value alone does not tell what it is. A value in any other unit is a plain number. */
const writers: Readonly<Record<string, Writer>> = {
  fraction: (value) => percent(value),
  'fraction per year': (value, say) => say('unit_value_per_year', { value: percent(value) }),
  USD: dollars,
  'USD per 1 %': (value, say) => say('unit_value_per_percent', { value: dollars(value) }),
  'per million USD': (value, say) => say('unit_value_per_million', { value: percent(value) }),
  points: decimal,
  ratio: decimal,
  'standard deviations': (value, say) => say('unit_value_deviations', { value: decimal(value) }),
  index: onAxis.number,
  kinds: count('kinds'),
  days: count('days'),
  sessions: count('sessions'),
}

/** Precursors whose value is a change. It is written with its sign. */
export const changes: readonly string[] = [
  'index_close_return',
  'index_drawdown_252',
  'index_fade_from_high',
  'vix_change',
  'absorption_shift',
  'etf_share_z_known',
  'etf_flow_fraction_known',
  'mega_cap_spread_20',
]

/** A change in its unit, with its sign. */
export const changeInUnit: typeof inUnit = (value, unit, say) => withSign(value, inUnit(Math.abs(value), unit, say))

/** Units of releases follow the number as they stand, such as thousand persons. */
export const inUnit = (value: number, unit: string | undefined, say: Say): string => {
  if (unit === undefined) return decimal(value)
  const writer = writers[unit]
  return writer ? writer(value, say) : told(`${onAxis.number(value)} ${unit}`, say)
}
