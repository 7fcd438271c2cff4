/** A catalyst kind: the SQL that selects its candidates, and the pure rule that tags them. */

import type { Reported, Table } from './table.ts'
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

/** Rows that show whether a kind occurred. */
export interface Sign {
  readonly table: Table
  /** Values by column that these rows have. Default: every row of the table. */
  readonly where?: Readonly<Record<string, string>>
  /** Beginning of the request keys whose answers show it. Default: every answer of the source does. */
  readonly asked?: string
  /** True if an answer holds only the days that were asked for. Else it holds all rows until then. */
  readonly isWindowed?: boolean
  /**
   * For a kind about companies: the columns with the key and the name of the company that a row is about. The key is
   * also the beginning of the request keys about the company. Rows and answers show the kind for that company only.
   */
  readonly company?: { readonly key: string; readonly name: string }
}

/**
 * How the lake can know that a kind did not occur on a session. `calendar`: the exchange calendar determines it.
 * `imports`: only a person records it, so that nothing shows its absence. Else one of its sources must cover the
 * session: it answered after the close, or its last row is not older than the longest usual silence. A kind about
 * companies needs that for every company that the lake follows: those with a row, until no row came for twice the
 * longest usual silence.
 */
export type Coverage =
  | 'calendar'
  | 'imports'
  | { readonly signs: readonly Sign[] /** Calendar days. */; readonly longestSilence: number }

export interface Catalyst<Candidate = Record<string, unknown>> extends Rule<Candidate> {
  readonly kind: string
  readonly doc: string
  readonly scope: 'market' | 'company'
  /** Unit of its figures, if it has any. */
  readonly unit?: string
  readonly coverage: Coverage
  /** Earlier versions of the rule, kept to compare the versions on the same data. */
  readonly earlier: readonly Rule[]
}

type Declaration<Candidate> = Omit<Catalyst<Candidate>, 'earlier'> & Partial<Pick<Catalyst, 'earlier'>>

export const defineCatalyst = <Candidate>(catalyst: Declaration<Candidate>): Catalyst =>
  ({ earlier: [], ...catalyst }) as unknown as Catalyst

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
