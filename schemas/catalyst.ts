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
export type CatalystRow = Omit<Reported<typeof catalysts>, 'rule' | 'rule_version' | 'kind' | 'scope'> & {
  readonly known_at: string
  readonly known_basis: string
  readonly source: string
  readonly bronze_key: string | null
}

/** Knowledge that every candidate carries over to its tag. */
export interface Known {
  known_at: string
  known_basis: string
  source: string
  bronze_key: string | null
}

export interface Rule<Candidate = Record<string, unknown>> {
  /** Raised when the rule changes; stamped on every row. */
  readonly version: number
  /** Tables and views read for candidates. Runs on the embedded engine. */
  readonly candidates: Sql
  readonly tag: (candidate: Candidate, calendar: CalendarFacts) => readonly CatalystRow[]
}

export interface Catalyst<Candidate = Record<string, unknown>> extends Rule<Candidate> {
  readonly kind: string
  readonly doc: string
  readonly scope: 'market' | 'company'
  /** Whether it follows from the exchange calendar alone; such a one is no news. */
  readonly isByCalendar: boolean
  /** Versions of the rule before this one, kept so that both can be compared on the same data. */
  readonly earlier: readonly Rule[]
}

type Declaration<Candidate> = Omit<Catalyst<Candidate>, 'isByCalendar' | 'earlier'> &
  Partial<Pick<Catalyst, 'isByCalendar' | 'earlier'>>

export const defineCatalyst = <Candidate>(catalyst: Declaration<Candidate>): Catalyst =>
  ({ isByCalendar: false, earlier: [], ...catalyst }) as unknown as Catalyst

export const rule = <Candidate>(each: Rule<Candidate>): Rule => each as unknown as Rule

/** The knowledge of a candidate, for its tag. */
export const knownAs = ({ known_at, known_basis, source, bronze_key }: Known): Known => ({
  known_at,
  known_basis,
  source,
  bronze_key,
})

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
  standardized_surprise: null,
  direction: null,
  tags: null,
  evidence: null,
} as const
