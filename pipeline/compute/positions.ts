/** The rows of each series by day, so that windows run over columns in memory and no row is sorted. */

export interface Grouped {
  /** Rows of a series follow each other by day. */
  readonly order: Int32Array
  /** Where the rows of each series start in the order, and where those of the last one end. */
  readonly starts: Int32Array
}

/** Series are numbered from 0. It is fast if the rows of each series come by day. */
export const groupedBySeries = (series: Float64Array, days: Float64Array, seriesCount: number): Grouped => {
  const starts = new Int32Array(seriesCount + 1)
  const last = new Float64Array(seriesCount).fill(Number.NEGATIVE_INFINITY)
  let isByDay = true
  for (let i = 0; i < series.length; i++) {
    const each = series[i]!
    starts[each + 1]!++
    isByDay &&= days[i]! > last[each]!
    last[each] = days[i]!
  }
  for (let each = 0; each < seriesCount; each++) starts[each + 1]! += starts[each]!
  const next = starts.slice()
  const order = new Int32Array(series.length)
  for (let i = 0; i < series.length; i++) order[next[series[i]!]!++] = i
  if (!isByDay)
    for (let each = 0; each < seriesCount; each++)
      order.subarray(starts[each], starts[each + 1]).sort((a, b) => days[a]! - days[b]!)
  return { order, starts }
}

/** Puts the values of some rows in a column, from a position on. */
export const gather = (column: Float64Array, from: number, values: Float64Array, rows: Int32Array): Float64Array => {
  for (let i = 0; i < rows.length; i++) column[from + i] = values[rows[i]!]!
  return column
}

/** Puts the values of a column, from a position on, at some rows. */
export const scatter = (values: Float64Array, column: Float64Array, from: number, rows: Int32Array): void => {
  for (let i = 0; i < rows.length; i++) values[rows[i]!] = column[from + i]!
}

/** Rows of one series with their values and days. The rows come by day. */
export interface Dated {
  readonly rows: Int32Array
  readonly days: Float64Array
}

/** Puts the values of other rows in a column, from a position on: of each row the value of the same day, or NaN. */
export const match = (
  column: Float64Array,
  from: number,
  { rows, days }: Dated,
  other: Dated,
  values: Float64Array,
): Float64Array => {
  let k = 0
  for (let i = 0; i < rows.length; i++) {
    const day = days[rows[i]!]!
    while (k < other.rows.length && other.days[other.rows[k]!]! < day) k++
    const found = k < other.rows.length ? other.rows[k]! : -1
    column[from + i] = found >= 0 && other.days[found] === day ? values[found]! : Number.NaN
  }
  return column
}
