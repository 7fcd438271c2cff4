/** How the years are split into files: an import has at most 256 MiB, which are the bars of 500 symbols over 25 years and more. */
export interface Range {
  readonly from: string
  readonly to: string
}

const mostRows = 3_300_000
const sessionsPerYear = 252

export const rangesOf = (symbols: number, first: number, last: number): Range[] => {
  const years = Math.max(1, Math.floor(mostRows / (symbols * sessionsPerYear)))
  const starts = Array.from({ length: Math.ceil((last - first + 1) / years) }, (_, i) => first + i * years)
  return starts.map((year) => ({ from: `${year}-01-01`, to: `${Math.min(last, year + years - 1)}-12-31` }))
}
