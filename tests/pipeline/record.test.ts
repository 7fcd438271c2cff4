/** The record of the frozen scores: written once on the evening, never again, and completed when the sessions have passed. */
import { describe, expect, it } from 'vitest'
import { sessionsBetween } from '../../calendar/sessions.ts'
import { sinceFreeze } from '../../evaluate/since-freeze.ts'
import { compute } from '../../pipeline/compute/compute.ts'
import { isItsEvening, record } from '../../pipeline/record/record.ts'
import { land } from '../support/import.ts'
import { openTestLake } from '../support/lake.ts'

const evening = '2026-11-27'
const days = sessionsBetween('2025-06-02', evening).map(({ session }) => session)

/** Prices of a market in which early warning is known on the last evening. */
const bars = (symbol: string, drift: number, sessions: readonly string[]) =>
  sessions.map((session, i) => {
    const close = 100 + drift * i + ((i * 7) % 11) / 5
    return { symbol, session, open: close, high: close, low: close, close, volume: 1000 }
  })
const indices = (symbol: string, level: number) =>
  days.map((session, i) => ({ symbol, session, close: level + ((i * 5) % 13) / 4 }))

const filled = async () => {
  const test = await openTestLake({ at: `${evening}T20:00:00Z` })
  const { lake } = test
  const desk = { source: 'desk' }
  await land(
    lake,
    'daily_bars',
    [...bars('GSPC', 0.1, days), ...bars('HYG', 0.02, days), ...bars('TLT', -0.01, days)],
    desk,
  )
  await land(lake, 'volatility_indices', [...indices('VIX', 15), ...indices('VIX3M', 18)], desk)
  for (const { error } of await compute(lake)) expect(error).toBeNull()
  return test
}

const rowsOf = ({ lake }: Awaited<ReturnType<typeof filled>>) =>
  lake.engine.rows<Record<string, unknown>>('select * exclude (year) from score_record order by session, score')

const unknown = `nothing written: the score of ${evening} is unknown, because a part of it is`
const kept = `nothing written: it holds the score of ${evening} already, and keeps it as it was written`
const late = 'nothing written: a score is written only between the closing bell of 2026-12-30 and the next opening bell'
const unfrozen = 'nothing written: the score was frozen on 2026-11-26, after the session 2026-08-20'

describe('the record of scores', () => {
  it('holds an evening once, as it was written, and what followed when it is known', async () => {
    const test = await filled()
    const { lake, clock } = test
    expect(await record(lake, evening)).toEqual([
      { subject: 'early_warning', status: 'ok', rowCount: 1, rejectedCount: 0, error: null },
      expect.objectContaining({ subject: 'early_warning_breadth', status: 'ok', rowCount: 0, note: unknown }),
    ])
    const [first, ...others] = await rowsOf(test)
    expect(others).toEqual([])
    expect(first).toMatchObject({
      session: evening,
      score: 'early_warning',
      frozen_on: '2026-11-26',
      known_at: `${evening}T20:00:00.000Z`,
      known_basis: 'observed',
      is_drawdown_5: null,
    })
    const [computed] = await lake.engine.rows(
      `select early_warning from early_warning where session = date '${evening}'`,
    )
    expect(first!.value).toBe(computed!.early_warning)

    // A vendor corrects the past: the view changes, the record does not.
    clock.set(`${evening}T23:00:00Z`)
    const corrections = indices('VIX', 40).map((row) => ({ ...row, known_at: `${row.session}T21:00:00Z` }))
    await land(lake, 'volatility_indices', corrections, { source: 'a_desk' })
    for (const { error } of await compute(lake)) expect(error).toBeNull()
    const [changed] = await lake.engine.rows(`select vix_close from early_warning where session = date '${evening}'`)
    expect(changed!.vix_close).not.toBe(first!.vix_close)
    expect((await record(lake, evening))[0]).toMatchObject({ rowCount: 0, note: kept })
    expect(await rowsOf(test)).toEqual([first])

    // Twenty sessions later the market has fallen.
    const later = sessionsBetween('2026-11-30', '2026-12-31').map(({ session }) => session)
    clock.set('2026-12-31T23:00:00Z')
    const fallen = later.map((session) => ({
      symbol: 'GSPC',
      session,
      open: 90,
      high: 90,
      low: 90,
      close: 90,
      volume: 1,
    }))
    await land(lake, 'daily_bars', fallen, { source: 'desk' })
    expect((await record(lake, '2026-12-30'))[0]).toMatchObject({ rowCount: 0, note: late })
    expect((await record(lake, '2026-08-20'))[0]).toMatchObject({ rowCount: 0, note: unfrozen })
    const [followed] = await rowsOf(test)
    expect(followed).toEqual({ ...first, is_drawdown_5: true, forward_minimum_return_20: expect.any(Number) })

    const [answer] = await sinceFreeze(lake, 'all')
    expect(answer).toMatchObject({ score: 'early_warning', evenings: 1, followed: 1, trial: expect.any(String) })
  })

  it('is written only between the closing bell and the next opening bell', () => {
    const at = (instant: string) => isItsEvening('2025-11-20', new Date(instant))
    expect(at('2025-11-20T20:59:59Z')).toBe(false)
    expect(at('2025-11-20T21:00:00Z')).toBe(true)
    expect(at('2025-11-21T14:29:59Z')).toBe(true)
    expect(at('2025-11-21T14:30:00Z')).toBe(false)
    expect(at('2026-11-26T15:00:00Z')).toBe(false)
  })
})
