/** A catalyst kind: the SQL that selects its candidates, and the pure rule that tags them. */

import type { Reported } from './table.ts'
import type { catalysts } from './tables/catalysts.ts'
import type { Sql } from './view.ts'

/** Calendar look-ups that are passed to rules, so that rules stay pure. */
export interface CalendarFacts {
  /** The session that news at this instant hits; NULL outside the horizon. */
  sessionHit(instant: string): string | null
  /** Number of calendar days in New York from one instant to another. */
  daysBetween(from: string, to: string): number
}

/** One state of a catalyst, as known from `known_at` on. */
export type CatalystRow = Omit<Reported<typeof catalysts>, 'rule' | 'rule_version' | 'kind' | 'scope'> & {
  readonly known_at: string
  readonly known_basis: string
  readonly source: string
  readonly bronze_key: string | null
}

/** The knowledge columns of a candidate, which its tag repeats. */
export interface Known {
  known_at: string
  known_basis: string
  source: string
  bronze_key: string | null
}

export interface Rule<Candidate = Record<string, unknown>> {
  /** Version of the rule, written on every row. It increases whenever the rule changes. */
  readonly version: number
  /** Query for the candidates. It runs on the embedded engine. */
  readonly candidates: Sql
  readonly tag: (candidate: Candidate, calendar: CalendarFacts) => readonly CatalystRow[]
}

export interface Catalyst<Candidate = Record<string, unknown>> extends Rule<Candidate> {
  readonly kind: string
  readonly doc: string
  readonly scope: 'market' | 'company'
  /** True if the exchange calendar alone determines it, so that it carries no news. */
  readonly isByCalendar: boolean
  /** Earlier versions of the rule, kept to compare the versions on the same data. */
  readonly earlier: readonly Rule[]
}

type Declaration<Candidate> = Omit<Catalyst<Candidate>, 'isByCalendar' | 'earlier'> &
  Partial<Pick<Catalyst, 'isByCalendar' | 'earlier'>>

export const defineCatalyst = <Candidate>(catalyst: Declaration<Candidate>): Catalyst =>
  ({ isByCalendar: false, earlier: [], ...catalyst }) as unknown as Catalyst

export const rule = <Candidate>(each: Rule<Candidate>): Rule => each as unknown as Rule

/** Picks the knowledge columns of a candidate, for its tag. */
export const knownAs = ({ known_at, known_basis, source, bronze_key }: Known): Known => ({
  known_at,
  known_basis,
  source,
  bronze_key,
})

/** NULL for every column that a state of a catalyst may leave empty. */
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
