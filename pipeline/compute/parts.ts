/** The years of a span in parts that are made side by side. */
import type { Engine } from '../../core/engine.ts'
import type { Span } from './computation.ts'

/** Parts that run at once share the memory of the engine. A part of 400,000 rows needs about 150 MB. */
const rowsAtOnce = 400_000

/** At least one part for each statement that runs at the same time, and none with many more rows than that, if there are so many years. */
export const partsOf = ({ cores }: Engine, { from, to }: Span, rowCount: number): Span[] => {
  const years = to - from + 1
  const count = Math.min(Math.max(cores, Math.ceil(rowCount / rowsAtOnce)), years)
  const firstOf = (part: number) => from + Math.ceil((years * part) / count)
  return Array.from({ length: count }, (_, part) => ({ from: firstOf(part), to: firstOf(part + 1) - 1 }))
}

/** A condition on the years of a row, which the engine can push down to the scan. */
export const inYears = (yearOf: string, { from, to }: Span): string =>
  `${yearOf} between date '${from}-01-01' and date '${to}-12-31'`
