/** Figures at the limits of what a table can hold, and some beyond them, whose rows are rejected. */
import { figureSizes } from '../../schemas/column.ts'
import type { Draw } from './draw.ts'

export type Rows = readonly Readonly<Record<string, unknown>>[]
export type Figures = readonly (number | '')[]

export const { smallest, largest } = figureSizes
/** The largest count that an import can have. */
export const mostCounted = Number.MAX_SAFE_INTEGER

const beyond = [1e308, 5e-324]
/** Figures of columns that may have any sign and size. */
export const anySign: Figures = [
  ...[0, 1, -1, 0.1, 1e-6, -1e-6, 1e9, -1e9, 1e15, mostCounted, -mostCounted, largest, -largest, smallest],
  ...beyond,
]
/** Figures of columns that must be above zero, and two that are not. */
export const positive: Figures = [1, 2, 0.1, 1e-6, 1e9, largest, smallest, 0, -1, ...beyond]
/** Figures of columns that must not be negative. */
export const notNegative: Figures = [0, 0, 1, 1e-6, 1e9, mostCounted, largest, smallest, ...beyond]
export const counts: Figures = ['', 0, 1, 59, 60, mostCounted]

/** A figure that stays for a while, then another one. */
export const lasting = (draw: Draw, from: Figures) => {
  let [value, left]: [number | '', number] = [draw.one(from), 0]
  return () => {
    if (left-- <= 0) [value, left] = [draw.one(from), draw.one([0, 0, 1, 30, 70, 260])]
    return value
  }
}

export const plusDays = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
