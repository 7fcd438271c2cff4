/** Alarms against drawdown episodes: how many episodes are caught, how early, and how many alarms are false. Pure. */
import { bisectLeft, median } from 'd3-array'

interface Spell {
  readonly from: number
  readonly to: number
}

/**
 * Runs of set flags, by first and last position. Runs fewer than `gap` sessions apart are merged.
 * @param numbers session number of each position, since a session may be missing.
 */
export const spells = (flags: Uint8Array, numbers: Float64Array, gap: number): Spell[] => {
  const found: { from: number; to: number }[] = []
  for (let i = 0; i < flags.length; i++) {
    if (!flags[i]) continue
    const last = found.at(-1)
    if (last && numbers[i]! - numbers[last.to]! < gap) last.to = i
    else found.push({ from: i, to: i })
  }
  return found
}

export interface AlarmRecord {
  readonly episodes: number
  /** Number of episodes with an alarm between `horizon` sessions before their start and their end. */
  readonly caught: number
  /** Number of caught episodes whose first alarm is not after their start. */
  readonly caughtInTime: number
  /**
   * Median number of sessions from the first alarm to the start; negative if the alarm came later. NaN if none is
   * caught.
   */
  readonly medianLead: number
  readonly alarms: number
  /** Alarm spells without a session before a drawdown, per year of 252 sessions. */
  readonly falseAlarmsPerYear: number
}

/** Compares alarms with outcomes, one of each per position, in time order. `numbers` are the session numbers. */
export const alarmRecord = (
  alarms: Uint8Array,
  outcomes: Uint8Array,
  numbers: Float64Array,
  horizon: number,
  gap: number,
): AlarmRecord => {
  const episodes = spells(outcomes, numbers, gap)
  const leads = episodes.flatMap(({ from, to }) => {
    const start = numbers[from]!
    for (let i = bisectLeft(numbers, start - horizon); i <= to; i++) if (alarms[i]) return [start - numbers[i]!]
    return []
  })
  const alarmSpells = spells(alarms, numbers, gap)
  const isFalse = ({ from, to }: Spell) => !outcomes.subarray(from, to + 1).includes(1)
  return {
    episodes: episodes.length,
    caught: leads.length,
    caughtInTime: leads.filter((lead) => lead >= 0).length,
    medianLead: median(leads) ?? Number.NaN,
    alarms: alarmSpells.length,
    falseAlarmsPerYear: alarmSpells.filter(isFalse).length / (outcomes.length / 252),
  }
}
