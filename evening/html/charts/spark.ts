/** A line of a year as small as a word, beside a value. */
import type { Value } from '../../../core/engine.ts'

const [width, height, edge] = [96, 24, 3]

/** Points of the line, with a gap where a value is unknown, and the level at which the signal lights. */
export const spark = (values: readonly Value[], level: number | undefined): string => {
  const known = values.filter((value) => value !== null && value !== undefined).map(Number)
  if (known.length < 2) return ''
  const inRange = level === undefined ? known : [...known, level]
  const [low, high] = [Math.min(...inRange), Math.max(...inRange)]
  const x = (i: number) => (edge + (i / (values.length - 1)) * (width - 2 * edge)).toFixed(1)
  const y = (value: number) =>
    (high === low ? height / 2 : height - edge - ((value - low) / (high - low)) * (height - 2 * edge)).toFixed(1)
  let isBroken = true
  const path = values.map((value, i) => {
    if (value === null || value === undefined) {
      isBroken = true
      return ''
    }
    const command = isBroken ? 'M' : 'L'
    isBroken = false
    return `${command}${x(i)},${y(Number(value))}`
  })
  const last = values.findLastIndex((value) => value !== null && value !== undefined)
  const rule =
    level === undefined
      ? ''
      : `<line x1="0" x2="${width}" y1="${y(level)}" y2="${y(level)}" stroke="var(--lit)" stroke-dasharray="3,3"/>`
  return `<svg class="spark" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${rule}<path d="${path.join('')}" fill="none" stroke="var(--line)" stroke-width="1.4"/><circle cx="${x(last)}" cy="${y(Number(values[last]))}" r="2.6" fill="var(--line)"/></svg>`
}
