/** The years of a span in parts that are made side by side. */
import type { Engine } from '../../core/engine.ts'
import type { Span } from './computation.ts'

/** One part for each statement that runs at the same time, if there are so many years. */
export const partsOf = ({ cores }: Engine, { from, to }: Span): Span[] => {
  const years = to - from + 1
  const count = Math.min(cores, years)
  const firstOf = (part: number) => from + Math.ceil((years * part) / count)
  return Array.from({ length: count }, (_, part) => ({ from: firstOf(part), to: firstOf(part + 1) - 1 }))
}

/** A condition on the years of a row, which the engine can push down to the scan. */
export const inYears = (yearOf: string, { from, to }: Span): string =>
  `${yearOf} between date '${from}-01-01' and date '${to}-12-31'`
