/** Figures as economic calendars print them: 50K, 1.37M, 0.3%, -4K. */

import type { Release } from '../../schemas/releases.ts'
import type { cellReader } from './wire.ts'

const scales: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 }

/** The number that the text stands for; percent stays in percent. Undefined if it is none. */
const parseFigure = (text: string): number | undefined => {
  const match = /^([+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+))\s*([KMBT])?%?$/i.exec(text.trim())
  if (!match?.[1]) return undefined
  return Number(match[1].replaceAll(',', '')) * (match[2] ? (scales[match[2].toUpperCase()] ?? 1) : 1)
}

/** Reads a figure in the unit of a release, to twelve digits, so that 0.05M and 50K are one number. */
export const figureReader =
  (cell: ReturnType<typeof cellReader>, { consensusScale }: Release) =>
  (column: string, text: string): number => {
    const value = parseFigure(text)
    if (value === undefined) throw cell.fail(column, 'a figure such as 50K', text)
    return Number((value * consensusScale).toPrecision(12))
  }

/** What calendars with a forecast leave to an analyst's import. */
export const notSaid = { reference_period: null, released_at: null, actual: null } as const
