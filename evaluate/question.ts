/** What an evaluation is asked: whose falls, how deep and within how many sessions, on which sessions. Pure. */
import { UsageError } from '../core/errors.ts'

/** True on a session if the lowest close of the next `horizon` sessions is `depth` or more below its close. */
export interface Label {
  readonly text: string
  readonly depth: number
  readonly horizon: number
}

export const usualLabels = ['0.05x20', '0.03x20', '0.10x60'] as const

export const parseLabel = (text: string): Label => {
  const [, depth, horizon] = /^(0?\.\d+)x(\d+)$/.exec(text) ?? []
  const label = { text, depth: Number(depth), horizon: Number(horizon) }
  if (!(label.depth > 0 && label.horizon >= 1 && label.horizon <= 252))
    throw new UsageError(`no label ${text}; write depth x sessions, for example ${usualLabels.join(', ')}`)
  return label
}

/** Closes of one symbol in time order, with the position of each session in the exchange calendar. */
export interface Closes {
  readonly sessions: readonly string[]
  readonly numbers: Float64Array
  readonly closes: Float64Array
}

/** 1 before a fall, 0 before none, NaN until the horizon has passed or if a close in it is missing. */
export const outcomesOf = ({ numbers, closes }: Closes, { depth, horizon }: Label): Float64Array =>
  closes.map((close, i) => {
    if (numbers[i + horizon] !== numbers[i]! + horizon) return Number.NaN
    let lowest = Number.POSITIVE_INFINITY
    for (let ahead = 1; ahead <= horizon; ahead++) lowest = Math.min(lowest, closes[i + ahead]!)
    return lowest / close - 1 <= -depth + 1e-12 ? 1 : 0
  })

const year = 252

/** close / highest close of 252 sessions - 1. NaN until there are as many, or if one is missing. */
export const drawdownsOf = ({ numbers, closes }: Closes): Float64Array =>
  closes.map((close, i) => {
    if (i < year - 1 || numbers[i]! - numbers[i - year + 1]! !== year - 1) return Number.NaN
    let highest = 0
    for (let back = 0; back < year; back++) highest = Math.max(highest, closes[i - back]!)
    return close / highest - 1
  })
