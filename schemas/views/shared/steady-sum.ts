/** Sums that come out the same whatever order the engine adds in. */
import { raw, type Sql, sql } from '../../view.ts'

/**
 * Sum of doubles over a group, or over a window, as a sum of whole numbers of 10^-digits: doubles added up in parallel differ in their last
 * digits from run to run. NULL terms are left out. The sum must stay below 9 x 10^(18 - digits).
 */
export const steadySum = (term: string, digits: number, over = ''): Sql =>
  sql`cast(sum(cast(round((${raw(term)}) * 1e${raw(String(digits))}) as bigint)) ${raw(over)} as double) / 1e${raw(String(digits))}`
