/** A consensus of the evening before reaches the surprise of a release at 08:30. One that was captured after it does not. */
import { describe, expect, it } from 'vitest'
import { ingestPayload } from '../../pipeline/ingest/import-files.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { sourceNamed } from '../../sources/index.ts'
import { nasdaqConsensus } from '../../sources/nasdaq_consensus.ts'
import { nasdaqEarnings } from '../../sources/nasdaq_earnings.ts'
import { openTestLake, sampleUniverse, writeInput } from '../support/lake.ts'
import { describeShared, sharedPath } from '../support/shared.ts'
import { episodeLake } from '../support/shared-lakes.ts'

const ingest = async (lake: Lake, source: string, file: string, key: string, fetchedAt: string) =>
  expect(await ingestPayload(lake, sourceNamed(source), file, { key, fetchedAt: new Date(fetchedAt) })).toMatchObject({
    status: 'ok',
    rejectedCount: 0,
  })

/** A vintage of a series as ALFRED serves it, with its day in the header. */
const vintage = (lake: Lake, series: string, day: string, levels: Readonly<Record<string, number>>) => {
  const lines = Object.entries(levels).map(([period, level]) => `${period},${level}`)
  const text = `observation_date,${series}_${day.replaceAll('-', '')}\n${lines.join('\n')}\n`
  return ingest(lake, 'fred_macro', writeInput('vintage.csv', text), series, `${day}T14:00:00Z`)
}

const surprises = async (lake: Lake, release: string, reference_period: string) => {
  await lake.refresh()
  return lake.engine.rows(
    `select consensus_source, actual, consensus, round(surprise, 6) as surprise, released_at from macro_surprise
     where release = '${release}' and reference_period = date '${reference_period}' order by consensus_source`,
  )
}

/** FRED files a week under its last day; the lake has its first day. */
const weekOfClaims = '2026-08-09'

describe('the calendars are asked for days to come', () => {
  const request = (source: typeof nasdaqConsensus, session: string) =>
    source.request({ from: session, to: session }, { universe: sampleUniverse, hasSecret: false }).map(({ key }) => key)

  it('consensus: the weekdays of a week, a holiday of the exchange too', () => {
    // Good Friday of 2026, on which the payrolls of March come at 08:30.
    expect(request(nasdaqConsensus, '2026-04-01')).toEqual([
      '2026-04-01',
      '2026-04-02',
      '2026-04-03',
      '2026-04-06',
      '2026-04-07',
      '2026-04-08',
    ])
  })

  it('earnings: the session and ten sessions after it', () => {
    const days = request(nasdaqEarnings, '2026-04-01')
    expect(days).toHaveLength(11)
    expect([days[0], days.at(-1)]).toEqual(['2026-04-01', '2026-04-16'])
  })
})

describe('the sample', () => {
  it('payrolls of September 2025: 119 against 50 expected on the evenings before, by both calendars', async () => {
    const { lake } = await openTestLake({ folder: await episodeLake() })
    const released_at = '2025-11-20T13:30:00.000Z'
    const row = { actual: 119, consensus: 50, surprise: 69, released_at }
    expect(await surprises(lake, 'nonfarm_payrolls', '2025-09-01')).toEqual([
      { consensus_source: 'forexfactory_consensus', ...row },
      { consensus_source: 'nasdaq_consensus', ...row },
    ])
    const known = await lake.engine.rows(
      `select source, min(known_session) <= date '2025-11-19' as is_known_before from consensus where release = 'nonfarm_payrolls' group by source order by source`,
    )
    expect(known).toEqual([
      { source: 'forexfactory_consensus', is_known_before: true },
      { source: 'nasdaq_consensus', is_known_before: true },
    ])
  })
})

describe('a consensus of Nasdaq', () => {
  const answer = JSON.stringify({
    data: {
      rows: [
        {
          gmt: '08:30',
          country: 'United States',
          eventName: 'Initial Jobless Claims',
          actual: '&nbsp;',
          consensus: '210K',
          previous: '209K',
          description: '',
        },
      ],
    },
    status: { rCode: 200 },
  })
  const lakeWith = async (day: string, fetchedAt: string) => {
    const { lake } = await openTestLake()
    await vintage(lake, 'ICSA', '2026-08-13', { '2026-08-08': 209_000 })
    await ingest(lake, 'nasdaq_consensus', writeInput('events.json', answer), day, fetchedAt)
    await vintage(lake, 'ICSA', '2026-08-20', { '2026-08-08': 209_000, '2026-08-15': 215_000 })
    return surprises(lake, 'jobless_claims', weekOfClaims)
  }
  const eveningBefore = '2026-08-19T23:30:00Z'
  const found = { consensus_source: 'nasdaq_consensus', actual: 215_000, consensus: 210_000, surprise: 5000 }

  it('of the evening before is the one against which the release is measured', async () => {
    expect(await lakeWith('2026-08-20', eveningBefore)).toMatchObject([found])
  })

  it('under the day beside it still belongs to the release of the official calendar', async () => {
    expect(await lakeWith('2026-08-19', eveningBefore)).toMatchObject([found])
    expect(await lakeWith('2026-08-21', eveningBefore)).toMatchObject([found])
  })

  it('captured after the release is not used', async () => {
    expect(await lakeWith('2026-08-20', '2026-08-20T20:30:00Z')).toMatchObject([{ consensus: null, surprise: null }])
  })
})

describeShared('the recorded week of ForexFactory', () => {
  const week = sharedPath('data/consensus/ff_calendar_thisweek.json')

  it('claims at 08:30 on Thursday and production on Tuesday, against the forecasts of the evenings before', async () => {
    const { lake } = await openTestLake()
    await vintage(lake, 'INDPRO', '2026-07-15', { '2026-05-01': 100, '2026-06-01': 100 })
    await vintage(lake, 'ICSA', '2026-08-13', { '2026-08-08': 209_000 })
    await ingest(lake, 'forexfactory_consensus', week, 'this_week', '2026-08-17T23:30:00Z')
    await vintage(lake, 'INDPRO', '2026-08-18', { '2026-05-01': 100, '2026-06-01': 100, '2026-07-01': 100.7 })
    await ingest(lake, 'forexfactory_consensus', week, 'this_week', '2026-08-19T23:30:00Z')
    await vintage(lake, 'ICSA', '2026-08-20', { '2026-08-08': 209_000, '2026-08-15': 215_000 })
    expect(await surprises(lake, 'jobless_claims', weekOfClaims)).toEqual([
      {
        consensus_source: 'forexfactory_consensus',
        actual: 215_000,
        consensus: 210_000,
        surprise: 5000,
        released_at: '2026-08-20T12:30:00.000Z',
      },
    ])
    const [production] = await surprises(lake, 'industrial_production', '2026-07-01')
    expect(production).toMatchObject({ consensus: 0.3, surprise: 0.4 })
    const [known] = await lake.engine.rows(
      `select max(known_at) < timestamp '2026-08-18 12:30:00' as is_known_before from consensus`,
    )
    expect(known).toEqual({ is_known_before: true })
  })

  it('captured after the releases it is not used', async () => {
    const { lake } = await openTestLake()
    await vintage(lake, 'ICSA', '2026-08-13', { '2026-08-08': 209_000 })
    await vintage(lake, 'ICSA', '2026-08-20', { '2026-08-08': 209_000, '2026-08-15': 215_000 })
    await ingest(lake, 'forexfactory_consensus', week, 'this_week', '2026-08-20T23:30:00Z')
    expect(await surprises(lake, 'jobless_claims', weekOfClaims)).toMatchObject([
      { consensus_source: null, surprise: null },
    ])
  })
})
