/** Series by name with figures at the limits: credit spreads, and the series of an analyst. */
import type { Draw } from './draw.ts'
import { sessions } from './extreme-bars.ts'
import { anySign, lasting, type Rows } from './extreme-figures.ts'

export const extremeSeries = (draw: Draw): Readonly<Record<string, Rows>> => {
  const of = (names: readonly string[], known: (session: string) => object): Rows =>
    names.flatMap((series) => {
      const value = lasting(draw, anySign)
      return sessions.slice(-300).map((session) => ({ series, session, value: value(), ...known(session) }))
    })
  return {
    analyst_series: of(['idea', 'other'], (session) => ({ known_at: `${session}T22:00:00Z` })),
    credit_spreads: of(['BAMLH0A0HYM2', 'T10Y2Y'], () => ({})),
  }
}
