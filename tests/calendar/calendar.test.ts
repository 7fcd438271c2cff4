import { describe, expect, it } from 'vitest'
import { knowledgeOf } from '../../calendar/knowledge.ts'
import {
  allSessions,
  closures,
  isInHorizon,
  knownSession,
  lastClosedSession,
  newYorkDate,
  sessionHit,
  sessionOf,
} from '../../calendar/sessions.ts'
import { describeShared, sharedCsv, sharedText } from '../support/shared.ts'

const hit = (instant: string) => sessionHit(new Date(instant))?.session

describe('the XNYS calendar', () => {
  it('covers 1957 to 2027 and gives every closure with its reason and the day on which it was known', () => {
    expect(allSessions()[0]?.session).toBe('1957-01-02')
    expect(allSessions().at(-1)?.session).toBe('2027-12-31')
    for (const closure of closures) {
      expect(closure.reason, closure.closed_on).not.toBe('')
      expect(closure.known_on <= closure.closed_on, closure.closed_on).toBe(true)
    }
    expect(new Set(closures.map((each) => each.closed_on)).size).toBe(closures.length)
  })

  it.each([
    ['2001-09-11', 'Attack on the World Trade Center', '2001-09-11'],
    ['2012-10-29', 'Hurricane Sandy', '2012-10-28'],
    ['2025-01-09', 'Mourning for President Carter', '2024-12-30'],
  ])('knows the one-off closure of %s', (closed_on, reason, known_on) => {
    expect(closures).toContainEqual(expect.objectContaining({ closed_on, reason, known_on }))
  })

  it('gives New York hours in summer and in winter', () => {
    const hours = (session: string) => {
      const { opensAt, closesAt, asOf } = sessionOf(session)!
      return [opensAt, closesAt, asOf].map((instant) => new Date(instant).toISOString())
    }
    expect(hours('2025-11-20')).toEqual([
      '2025-11-20T14:30:00.000Z',
      '2025-11-20T21:00:00.000Z',
      '2025-11-21T01:00:00.000Z',
    ])
    expect(hours('2025-07-21')).toEqual([
      '2025-07-21T13:30:00.000Z',
      '2025-07-21T20:00:00.000Z',
      '2025-07-22T00:00:00.000Z',
    ])
    expect(hours('2025-11-28')[1]).toBe('2025-11-28T18:00:00.000Z')
  })

  it.each([
    ['2025-11-19T21:20:00Z', '2025-11-20', 'after the close hits the next session'],
    ['2025-11-20T13:30:00Z', '2025-11-20', 'before the open hits the same session'],
    ['2025-11-20T20:59:59Z', '2025-11-20', 'a second before the close'],
    ['2025-11-20T21:00:00Z', '2025-11-21', 'the closing bell itself'],
    ['2025-11-28T18:30:00Z', '2025-12-01', 'after an early close'],
    ['2025-11-22T12:00:00Z', '2025-11-24', 'a Saturday'],
  ])('%s hits %s: %s', (instant, session) => {
    expect(hit(instant)).toBe(session)
  })

  it('counts rows that came by 20:00 New York as known', () => {
    expect(knownSession(new Date('2025-11-21T01:00:00Z'))?.session).toBe('2025-11-20')
    expect(knownSession(new Date('2025-11-21T01:00:00.001Z'))?.session).toBe('2025-11-21')
  })

  it('makes the knowledge columns of a row from its source, its instant and its basis', () => {
    const facts = { source: 'check', known_at: '2025-11-21T01:00:00.000Z', known_basis: 'observed' }
    const columns = { ...facts, known_session: '2025-11-20', fetched_at: facts.known_at, bronze_key: null }
    expect(knowledgeOf(facts)).toEqual(columns)
    const given = { known_session: '2025-11-21', fetched_at: '2025-11-22T12:00:00.000Z', bronze_key: 'bronze/check/1' }
    expect(knowledgeOf({ ...facts, ...given })).toEqual({ ...columns, ...given })
  })

  it('gives a row that became known after the last session a session outside the horizon', () => {
    const late = (known_at: string) => knowledgeOf({ source: 'check', known_at, known_basis: 'observed' }).known_session
    expect(isInHorizon(late('2028-01-01T01:00:00.000Z'))).toBe(true)
    expect(isInHorizon(late('2028-01-01T01:00:00.001Z'))).toBe(false)
  })

  it('dates the event in New York, not in Beijing', () => {
    expect(newYorkDate(new Date('2025-11-20T21:00:00Z'))).toBe('2025-11-20')
    expect(lastClosedSession(new Date('2025-11-20T20:59:00Z'))?.session).toBe('2025-11-19')
    expect(lastClosedSession(new Date('2025-11-20T21:00:00Z'))?.session).toBe('2025-11-20')
  })
})

describeShared('the calendar against recorded calendars', () => {
  it('has the weekday holidays and early closes of exchange_calendars, 1990 to 2027', () => {
    const recorded = JSON.parse(sharedText('data/calendar/xnys_holidays_earlycloses_1990_2027.json'))
    expect(closures.map((each) => each.closed_on).filter((day) => day >= '1990-01-02')).toEqual(
      recorded.weekday_holidays,
    )
    const early = allSessions()
      .filter((each) => each.isEarlyClose)
      .map(({ session, closesAt }) => [
        session,
        new Date(closesAt).toLocaleTimeString('en-GB', {
          timeZone: 'America/New_York',
          hour: '2-digit',
          minute: '2-digit',
        }),
      ])
    expect(early).toEqual(recorded.early_closes_ny)
  })

  it('has the opening and closing instants of exchange_calendars, to the second', () => {
    const recorded = sharedCsv('data/calendar/xnys.csv')
    const wrong = recorded.filter((row) => {
      const session = sessionOf((row[''] ?? '').slice(0, 10))
      return session?.opensAt !== Date.parse(row.open!) || session.closesAt !== Date.parse(row.close!)
    })
    expect(recorded.length).toBeGreaterThan(8000)
    expect(wrong).toEqual([])
  })

  it('has exactly the sessions for which an index bar exists, 1957 to 2026', () => {
    const bars = sharedCsv('data/bars/GSPC.csv').map((row) => row.date!)
    const span = bars.filter((day) => day >= '1957-01-01')
    expect(
      allSessions()
        .map((each) => each.session)
        .filter((day) => day <= span.at(-1)!),
    ).toEqual(span)
  })

  it('has the full-day holidays recorded since 1957', () => {
    const recorded = sharedText('data/calendar/nyse_full_day_holidays_since_1928.csv')
      .trim()
      .split(/\s+/)
      .map((text) => {
        const [month, day, year] = text.split('/').map(Number)
        return new Date(Date.UTC(year!, month! - 1, day)).toISOString().slice(0, 10)
      })
      .filter((day) => day >= '1957-01-01' && ![0, 6].includes(new Date(day).getUTCDay()))
    expect(closures.map((each) => each.closed_on).filter((day) => day <= recorded.at(-1)!)).toEqual(recorded)
  })
})
