/** Alarms against episodes of drawdown: how many are caught, how early, and how many alarms are false. Pure. */
import { median } from 'd3-array'

interface Spell {
  readonly from: number
  readonly to: number
}

/** Runs of true positions; runs nearer than `gap` are one. */
export const spells = (flags: Uint8Array, gap: number): Spell[] => {
  const found: { from: number; to: number }[] = []
  for (let i = 0; i < flags.length; i++) {
    if (!flags[i]) continue
    const last = found.at(-1)
    if (last && i - last.to < gap) last.to = i
    else found.push({ from: i, to: i })
  }
  return found
}

export interface AlarmRecord {
  readonly episodes: number
  /** Episodes with an alarm from `horizon` sessions before their start to their end. */
  readonly caught: number
  /** Of those, with an alarm before their start or on it. */
  readonly caughtInTime: number
  /** Sessions from the first such alarm to the start; below zero it came after. NaN when none was caught. */
  readonly medianLead: number
  readonly alarms: number
  /** Alarm spells none of whose sessions was before a drawdown, per year of 252 sessions. */
  readonly falseAlarmsPerYear: number
}

export const alarmRecord = (alarms: Uint8Array, outcomes: Uint8Array, horizon: number, gap: number): AlarmRecord => {
  const episodes = spells(outcomes, gap)
  const leads = episodes.flatMap(({ from, to }) => {
    for (let i = Math.max(0, from - horizon); i <= to; i++) if (alarms[i]) return [from - i]
    return []
  })
  const alarmSpells = spells(alarms, gap)
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
