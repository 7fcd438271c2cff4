/** A catalyst kind: where its candidates come from and the pure rule that tags them. */

import type { Reported } from './table.ts'
import type { catalysts } from './tables/catalysts.ts'
import type { Sql } from './view.ts'

/** What the calendar knows, handed to rules so that they stay pure. */
export interface CalendarFacts {
  /** The session that news at this instant hits; NULL outside the horizon. */
  sessionHit(instant: string): string | null
  /** Calendar days in New York from one instant to another. */
  daysBetween(from: string, to: string): number
}

/** One state of a catalyst, as known from `known_at` on. */
export type CatalystRow = Omit<Reported<typeof catalysts>, 'rule' | 'kind' | 'scope'> & {
  readonly known_at: string
  readonly known_basis: string
  readonly source: string
  readonly bronze_key: string | null
}

/** A statistic with a timetable. */
export interface Release {
  /** FRED series of the headline figure. */
  readonly series: string
  /** How the headline figure follows from the level. */
  readonly measure: 'level' | 'change' | 'percent_change'
  readonly unit: string
  /** Multiplies a consensus such as 50K (50,000) into the unit. */
  readonly consensusScale: number
  /** Usual New York time of publication. */
  readonly clock: string
  readonly blsTitle: string
  /** Titles under which calendars carry the consensus. */
  readonly consensusTitles: readonly string[]
  /** Months from the reference period to the scheduled month. */
  readonly lagMonths: number
}

export interface Catalyst<Candidate = Record<string, unknown>> {
  readonly kind: string
  readonly doc: string
  readonly scope: 'market' | 'company'
  /** Raised when the rule changes; stamped on every row. */
  readonly version: number
  readonly release?: Release
  /** Tables and views read for candidates. Runs on the embedded engine. */
  readonly candidates: Sql
  readonly tag: (candidate: Candidate, calendar: CalendarFacts) => readonly CatalystRow[]
}

export const defineCatalyst = <Candidate>(catalyst: Catalyst<Candidate>): Catalyst => catalyst as unknown as Catalyst

/** The columns that a state of a catalyst leaves unsaid. */
export const unsaid = {
  scheduled_at: null,
  occurred_at: null,
  session: null,
  reference_period: null,
  delay_days: null,
  actual: null,
  consensus: null,
  surprise: null,
  tags: null,
  evidence: null,
} as const
