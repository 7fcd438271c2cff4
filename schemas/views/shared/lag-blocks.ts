/**
 * Sums over sliding windows, added up in blocks of lags: five rows, then four sums of five, then three sums of twenty. An engine adds
 * the doubles of `sum(x) over (rows between …)` in an order that depends on the rows outside of the window, so that the last
 * digits of a result change with the first row that is read. A sum of lags depends on the rows of the window alone. It is NULL if
 * one of them is missing or NULL, and in DuckDB a lag costs a seventh of an aggregate over a frame.
 */
import { join, raw, type Sql } from '../../view.ts'

/** `count` values of a column, each the sum over `size` rows that end where the next one starts. */
export interface Block {
  readonly count: number
  readonly size: number
}

/** The window of `lags` over the rows of one symbol. */
export const oneSeries: Sql = raw('window w as (partition by symbol order by session)')

const later = ({ count }: Block) => Array.from({ length: count - 1 }, (_, i) => i + 1)

/** Columns with the earlier values of the block: `<name>_1` is `size` rows back. They refer to a window `w`. */
export const lags = (names: readonly string[], block: Block): Sql =>
  join(
    names.flatMap((name) => later(block).map((i) => raw(`lag(${name}, ${i * block.size}) over w as ${name}_${i}`))),
    ', ',
  )

/** The values of a column in the block. */
export const valuesOf = (name: string, block: Block): string[] => [name, ...later(block).map((i) => `${name}_${i}`)]

export const total = (values: readonly string[]): string => `(${values.join(' + ')})`

/**
 * Sum of the products of the deviations of two columns from their means. The means of the block are subtracted before they are
 * multiplied, so that nothing cancels (Chan, Golub and LeVeque 1983). `within` names the same sums inside the values.
 */
export const deviations = (
  block: Block,
  x: readonly string[],
  y: readonly string[] = x,
  within: readonly string[] = [],
): string => {
  const mean = (values: readonly string[]) => `${total(values)} / ${block.count}e0`
  const products = x.map((each, i) => `(${each} - ${mean(x)}) * (${y[i]} - ${mean(y)})`)
  const between = `(${products.join(' + ')}) / ${block.size}e0`
  return within.length ? `${total(within)} + ${between}` : between
}
