/** Series whose values are all the same: what divides by their deviation is NULL, whatever digits rounding leaves. */
import { expect, it } from 'vitest'
import { sessionsBetween } from '../../../calendar/sessions.ts'
import { compute } from '../../../pipeline/compute/compute.ts'
import { tag } from '../../../pipeline/tag/tag.ts'
import { land } from '../../support/import.ts'
import { openTestLake } from '../../support/lake.ts'

const days = sessionsBetween('2025-06-02', '2025-11-20').map(({ session }) => session)

it('an ETF share that is always 0.28 has no z score', async () => {
  const { lake } = await openTestLake()
  const rows = days.flatMap((session, i) => {
    const notional = 1e11 + i * 123_456_789
    return [
      { session, venue: 'all', segment: 'etf', shares: '', notional: 0.28 * notional, trade_count: '' },
      { session, venue: 'all', segment: 'total', shares: '', notional, trade_count: '' },
    ]
  })
  await land(lake, 'market_volume', rows, { source: 'desk' })
  const found = await lake.engine.rows<{ etf_share: number; z: number | null; high: boolean | null }>(
    'select etf_share, etf_share_z as z, is_etf_share_high as high from etf_share_of_volume',
  )
  expect(new Set(found.map(({ etf_share }) => etf_share)).size).toBeGreaterThan(1)
  expect(found.filter(({ z, high }) => z !== null || high !== null)).toEqual([])
  await lake.close()
})

it('a surprise that is always 0.3 has no standardized surprise', async () => {
  const { lake } = await openTestLake()
  const months = Array.from({ length: 40 }, (_, i) => new Date(Date.UTC(2021, 5 + i, 1)).toISOString().slice(0, 10))
  const levels = months.map((reference_period, i) => ({
    series: 'UNRATE',
    reference_period,
    value: 4 + i * 0.1,
    known_at: `${months[i + 1] ?? '2024-10-01'}T12:30:00Z`,
  }))
  await land(lake, 'macro_releases', levels, { source: 'desk' })
  const expected = levels.map(({ reference_period, value, known_at }) => ({
    release: 'unemployment_rate',
    scheduled_at: known_at,
    consensus: value - 0.3,
    reference_period,
    released_at: '',
    actual: '',
    prior: '',
    known_at: `${known_at.slice(0, 10)}T08:00:00Z`,
  }))
  await land(lake, 'consensus', expected, { source: 'desk' })
  const [found] = await lake.engine.rows(
    `select max(prior_surprise_count) as n, max(abs(surprise - 0.3)) < 1e-9 as is_same,
            count(standardized_surprise) as z
     from macro_surprise where release = 'unemployment_rate' and consensus is not null`,
  )
  expect(found).toEqual({ n: 38, is_same: true, z: 0 })
  await lake.close()
})

it('opens a rounding error above the high have a volatility of zero', async () => {
  const { lake } = await openTestLake()
  const rows = days.map((session) => ({
    symbol: 'TOLD',
    session,
    open: 31 * (1 + 9e-10),
    high: 31,
    low: 30,
    close: 30,
    volume: 1,
  }))
  await land(lake, 'daily_bars', rows, { source: 'desk' })
  const found = await lake.engine.rows(
    'select distinct yang_zhang_20 as yz, rogers_satchell_20 as rs from realized_volatility where yang_zhang_20 is not null',
  )
  expect(found).toEqual([{ yz: 0, rs: 0 }])
  await lake.close()
})

it('a quarter in another notation and a speech without text do not stop the tags of others', async () => {
  const { lake } = await openTestLake()
  const of = (symbol: string, fiscal_quarter: string) => ({
    symbol,
    fiscal_quarter,
    expected_on: '2025-11-19',
    time_of_day: 'after_close',
    estimate_count: '',
    known_at: '2025-11-10T12:00:00Z',
  })
  await land(lake, 'earnings_calendar', [of('NVDA', 'Oct/2025'), of('ACME', 'Q3 2025')], { source: 'desk' })
  const speech = (speech_id: string, body: string) => ({
    speech_id,
    part: 'article',
    held_at: '2025-11-20T16:00:00Z',
    speaker: 'Lisa D. Cook',
    role: 'Governor',
    title: 'Words',
    location: '',
    url: 'https://example.com',
    body,
    footnotes: '',
    known_at: '2025-11-20T17:00:00Z',
  })
  await land(lake, 'speeches', [speech('empty', ''), speech('full', 'Private credit is a risk.')], { source: 'desk' })
  expect((await tag(lake)).filter(({ error }) => error)).toEqual([])
  const found = await lake.engine.rows(
    "select catalyst_id from catalysts where kind in ('earnings', 'fed_speech') order by 1",
  )
  expect(found.map((row) => row.catalyst_id)).toEqual([
    'earnings:ACME:Q3 2025',
    'earnings:NVDA:2025-10',
    'fed_speech:empty',
    'fed_speech:full',
  ])
  await lake.close()
})

it('a precursor whose values were all equal so far has no percentile', async () => {
  const { lake } = await openTestLake()
  const sessions = sessionsBetween('2024-06-03', '2025-11-20').map(({ session }) => session)
  const bars = sessions.map((session) => ({ session, open: 100, high: 100, low: 100, close: 100, volume: 1000 }))
  await land(lake, 'daily_bars', bars, { symbol: 'GSPC', source: 'desk' })
  const closes = sessions.map((session, i) => ({ session, close: 15 + (i % 7) }))
  await land(lake, 'volatility_indices', closes, { symbol: 'VIX', source: 'desk' })
  for (const { error } of await compute(lake)) expect(error).toBeNull()
  const found = await lake.engine.rows(
    `select precursor, count(value) > 300 as is_known, count(percentile) > 0 as is_placed from precursor_percentiles
     where precursor in ('index_close_return', 'vix_close') group by precursor order by precursor`,
  )
  expect(found).toEqual([
    { precursor: 'index_close_return', is_known: true, is_placed: false },
    { precursor: 'vix_close', is_known: true, is_placed: true },
  ])
  await lake.close()
})
