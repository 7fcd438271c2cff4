/** Factors of splits: those that companies choose, and the one nearest to a ratio. */

import { raw, type Sql } from '../../view.ts'

/** Factors that companies often choose. */
export const ordinaryFactors = [2, 3, 4, 5, 7, 10, 15, 20, 25, 30, 50] as const
/** With evidence of the factor itself, less common factors and reverse splits count too. */
const possible = [...ordinaryFactors, 1.5, 6, 8, 40, 100]
  .flatMap((factor) => [
    { text: `${factor}e0`, size: factor },
    { text: `(1e0 / ${factor}e0)`, size: 1 / factor },
  ])
  .sort((a, b) => a.size - b.size)

/** The possible factor that is nearest to a ratio above zero, whatever the distance. */
export const nearestFactor = (ratio: string): Sql => {
  const cases = possible.slice(0, -1).map(({ text, size }, i) => {
    const bound = Math.sqrt(size * possible[i + 1]!.size)
    return `when ${ratio} < ${bound.toExponential(6)} then ${text}`
  })
  return raw(`case ${cases.join(' ')} when ${ratio} is not null then ${possible.at(-1)!.text} end`)
}

/** The possible factor, give or take a tenth, or else the factor itself: two factors of one size may be one split. */
export const sizeOf = (factor: string): Sql => {
  const nearest = nearestFactor(factor).text
  return raw(`case when abs(${factor} / ${nearest} - 1) < 1e-1 then ${nearest} else ${factor} end`)
}
