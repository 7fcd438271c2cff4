/** Sums that do not depend on the order in which the engine adds. */
import { raw, type Sql, sql } from '../../view.ts'

/**
 * Sum of doubles over a group or a window, computed in whole multiples of 10^-digits.
 * A parallel sum of doubles can differ in its last digits from run to run; this sum cannot.
 * NULL terms are ignored. The sum must stay below 9 x 10^(18 - digits).
 */
export const steadySum = (term: string, digits: number, over = ''): Sql =>
  sql`cast(sum(cast(round((${raw(term)}) * 1e${raw(String(digits))}) as bigint)) ${raw(over)} as double) / 1e${raw(String(digits))}`
