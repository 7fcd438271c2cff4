/** Sums that do not depend on the order in which the engine adds. */
import { raw, type Sql, sql } from '../../view.ts'

/** Terms as large as the bound that one sum can have. */
const mostTerms = 100
/** The largest whole number of 64 bits, a little less. */
const largest = 9e18

/**
 * Sum of doubles over a group, or over a window, as a sum of whole numbers of 10^-digits: doubles added up in parallel differ in their last
 * digits from run to run. NULL terms are left out. The sum is NULL where a term is not finite or so large (9 x 10^(16 - digits))
 * that the whole numbers could overflow: an unknown sum, where a plain cast would end the query.
 */
export const steadySum = (term: string, digits: number, over = ''): Sql => {
  const bound = raw((largest / 10 ** digits / mostTerms).toExponential())
  const isSmall = sql`abs(${raw(term)}) < ${bound}`
  const whole = sql`cast(round((case when ${isSmall} then ${raw(term)} end) * 1e${raw(String(digits))}) as bigint)`
  return sql`case
    when count(case when not (${isSmall}) then 1 end) ${raw(over)} = 0
    then cast(sum(${whole}) ${raw(over)} as double) / 1e${raw(String(digits))}
  end`
}

/** Digits of the longest decimal of both engines, and of the number of terms that one fine sum can have. */
const decimals = { most: 38, forTerms: 3 } as const

/**
 * The same for up to a thousand terms that differ much in size: the sum of decimals with so many digits behind the point. The sum is
 * NULL where a term is so large (10^(35 - digits)) that it could overflow.
 */
export const fineSum = (term: string, digits: number): Sql => {
  const bound = `1e${decimals.most - decimals.forTerms - digits}`
  const fine = `cast(case when abs(${term}) < ${bound} then ${term} end as decimal(${decimals.most}, ${digits}))`
  return raw(
    `case when count(case when not (abs(${term}) < ${bound}) then 1 end) = 0 then cast(sum(${fine}) as double) end`,
  )
}
