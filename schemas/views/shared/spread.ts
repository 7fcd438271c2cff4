/** Standard deviations that can be divided by or compared. */
import { raw, type Sql } from '../../view.ts'

/** Sums of equal doubles may differ in their last digits, so that their deviation is not exactly zero. */
const rounding = 1e-12

/** The standard deviation of values around a mean, or NULL if the values are all the same. A quotient by what rounding left would be noise. */
export const realSpread = (deviation: string, mean: string): Sql =>
  raw(`(case when ${deviation} > ${rounding.toExponential()} * abs(${mean}) then ${deviation} end)`)

/** True if log returns with this standard deviation move at all. Prices have about 15 digits. */
export const moves = (deviation: string): Sql => raw(`${deviation} > ${rounding.toExponential()}`)

/** True if the standard deviation of log returns `a` is above `b`, by more than rounding. */
export const isAbove = (a: Sql, b: Sql): Sql => raw(`${a.text} - ${b.text} > ${rounding.toExponential()}`)
