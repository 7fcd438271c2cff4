/** Run requests become plans for an evening, for a span of sessions or for due releases. Fetch tasks resume. Lateness follows the calendar. */
import { describe, expect, it } from 'vitest'
import { SourceUnavailableError, UsageError } from '../../../core/errors.ts'
import type { HttpRequest } from '../../../core/platform.ts'
import { lateness } from '../../../pipeline/check/lateness.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { runFetchTask } from '../../../pipeline/runs/fetch-task.ts'
import { plan } from '../../../pipeline/runs/plan.ts'
import type { RunRequest } from '../../../pipeline/runs/request.ts'
import { declareLastSessions } from '../../../pipeline/silver/last-sessions-table.ts'
import { sourceNamed, sources } from '../../../sources/index.ts'
import { vixCsv } from '../../support/answers.ts'
import { announcement, bar, filing, land } from '../../support/import.ts'
import { Clock, openTestLake } from '../../support/lake.ts'
import { episodeLake } from '../../support/shared-lakes.ts'

const planAt = async (at: string, request: unknown, folder?: string) => {
  const { lake } = await openTestLake({ at, ...(folder ? { folder } : {}) })
  const made = await plan(lake, request, new Date(at))
  await lake.close()
  return made
}

describe('a request for the evening', () => {
  it.each([
    ['2025-11-20T23:30:00Z', '2025-11-20', null],
    // The evening of New York is the next day in UTC.
    ['2025-11-21T00:30:00Z', '2025-11-20', null],
    // An early close, after Thanksgiving.
    ['2025-11-28T23:30:00Z', '2025-11-28', null],
    ['2025-11-27T23:30:00Z', '2025-11-27', '2025-11-27 is not a session'],
    ['2025-11-22T23:30:00Z', '2025-11-22', '2025-11-22 is not a session'],
  ])('at %s is for %s (%s)', async (at, session, idle) => {
    const made = await planAt(at, { schedule: 'evening' })
    expect(made).toMatchObject({ verb: 'run', session, idle, since: new Date(at).toISOString() })
    expect(made.tasks).toHaveLength(idle ? 0 : sources.length)
  })

  it('asks for earlier sessions too, so that gaps are filled', async () => {
    const { tasks } = await planAt('2025-11-21T00:30:00Z', { session: '2025-11-20', sources: ['cboe_volatility'] })
    expect(tasks).toEqual([{ source: 'cboe_volatility', from: '2025-11-06', to: '2025-11-20' }])
  })
})

describe('a symbol that no longer trades', () => {
  const lastBar = '2025-10-31'
  const lakeOn = async (day: string, lastSessions: Readonly<Record<string, string>> = {}) => {
    const asked: string[] = []
    const { lake } = await openTestLake({
      at: `${day}T23:30:00Z`,
      platform: {
        fetch: async ({ url }) => {
          asked.push(url)
          return { status: 404, headers: {}, body: Buffer.from('') }
        },
      },
    })
    await land(lake, 'daily_bars', [bar(lastBar), bar('2025-11-20')], { symbol: 'LIVE', source: 'desk' })
    await land(lake, 'daily_bars', [bar(lastBar)], { symbol: 'GONE', source: 'desk' })
    if (!Object.keys(lastSessions).length)
      await land(lake, 'filings', [filing('GONE', 'x-1', '25-NSE', 'none', `${lastBar}T20:30:00Z`)])
    const universe = { ...lake.universe, etfs: [], stocks: ['LIVE', 'GONE'], lastSessions }
    const following: Lake = Object.create(lake, { universe: { value: universe } })
    const requested = async (request: RunRequest) => {
      await declareLastSessions(following)
      await following.refresh()
      const { tasks, since } = await plan(following, { ...request, sources: ['nasdaq_bars'] }, lake.platform.now())
      asked.length = 0
      for (const task of tasks)
        await runFetchTask(following, sourceNamed('nasdaq_bars'), { ...task, since }, new Date('2030-01-01')).catch(
          () => {},
        )
      return {
        ended: tasks[0]?.ended,
        symbols: ['LIVE', 'GONE'].filter((symbol) => asked.some((url) => url.includes(symbol))),
      }
    }
    return { lake, requested }
  }

  it('is not asked for on an evening after its last session, whether that was found or declared', async () => {
    for (const declared of [{}, { GONE: lastBar }]) {
      const { lake, requested } = await lakeOn('2025-11-25', declared)
      expect(await requested({ session: '2025-11-25' })).toEqual({ ended: ['GONE'], symbols: ['LIVE'] })
      // The sessions that this evening asks for again include its last one.
      expect(await requested({ session: '2025-11-14' })).toEqual({ ended: undefined, symbols: ['LIVE', 'GONE'] })
      await lake.close()
    }
  })

  it('is asked for once a week if its end was found, since it may be a halt, and for its history', async () => {
    const { lake, requested } = await lakeOn('2025-11-24')
    expect(await requested({ session: '2025-11-24' })).toEqual({ ended: undefined, symbols: ['LIVE', 'GONE'] })
    const span = { from: '2025-10-01', to: '2025-11-21' }
    expect(await requested(span)).toEqual({ ended: undefined, symbols: ['LIVE', 'GONE'] })
    await lake.close()
  })

  it('is not asked for on any evening if its last session was declared', async () => {
    const { lake, requested } = await lakeOn('2025-11-24', { GONE: lastBar })
    expect(await requested({ session: '2025-11-24' })).toEqual({ ended: ['GONE'], symbols: ['LIVE'] })
    await lake.close()
  })
})

describe('a request for a span', () => {
  it('has one task per source, from the first session to the last', async () => {
    const request: RunRequest = { from: '2025-11-01', to: '2025-11-23', sources: ['cboe_volatility', 'yahoo_bars'] }
    expect(await planAt('2025-11-24T12:00:00Z', request)).toMatchObject({
      verb: 'backfill',
      session: '2025-11-21',
      tasks: [
        { source: 'cboe_volatility', from: '2025-11-03', to: '2025-11-21' },
        { source: 'yahoo_bars', from: '2025-11-03', to: '2025-11-21' },
      ],
    })
  })

  it('resumes an earlier request when it names its instant', async () => {
    const since = '2025-11-23T08:00:00.000Z'
    const made = await planAt('2025-11-24T12:00:00Z', { from: '2025-11-03', to: '2025-11-21', since })
    expect(made.since).toBe(since)
  })
})

describe('an invalid request', () => {
  it.each([
    [{}, /one of schedule, session, or from with to/],
    [{ session: '2025-11-20', from: '2025-11-01', to: '2025-11-02' }, /one of schedule/],
    [{ from: '2025-11-01' }, /from and to go together/],
    [{ session: 'yesterday' }, /session/],
    [{ session: '2025-11-22' }, /2025-11-22 is not an XNYS session/],
    [{ session: '2025-11-24' }, /2025-11-24 has not closed yet/],
    [{ session: '2025-11-20', sources: ['bloomberg'] }, /no source bloomberg; there are/],
    [{ session: '2025-11-20', nonsense: 1 }, /nonsense/],
  ])('%j is refused with a message', async (request, message) => {
    const attempt = planAt('2025-11-24T12:00:00Z', request)
    await expect(attempt).rejects.toThrow(UsageError)
    await expect(attempt).rejects.toThrow(message)
  })
})

describe('a poll for releases', () => {
  const pollAt = async (at: string) => planAt(at, { schedule: 'releases' }, await episodeLake())

  it('asks at 08:31 for what was due at 08:30, the statistics published with it included, and for nothing else', async () => {
    const { lake } = await openTestLake({ at: '2025-11-20T13:31:00Z' })
    await land(lake, 'release_calendar', [
      announcement('nonfarm_payrolls', '2025-09-01', '2025-11-20T13:30:00Z', '2025-11-14T12:00:00Z'),
      announcement('consumer_prices', '2025-10-01', '2025-12-18T13:30:00Z', '2025-11-14T12:00:00Z'),
    ])
    expect(await plan(lake, { schedule: 'releases' }, lake.platform.now())).toMatchObject({
      verb: 'poll',
      session: '2025-11-19',
      tasks: [
        {
          source: 'fred_macro',
          from: '2025-11-20',
          to: '2025-11-20',
          releases: ['nonfarm_payrolls', 'unemployment_rate'],
        },
      ],
    })
    await lake.close()
  })

  it('asks for releases that are overdue, however long', async () => {
    const { tasks } = await pollAt('2025-11-20T13:29:59Z')
    expect(tasks).toEqual([
      {
        source: 'fred_macro',
        from: '2025-11-20',
        to: '2025-11-20',
        releases: ['personal_consumption_prices', 'gross_domestic_product', 'employment_cost_index', 'job_openings'],
      },
    ])
  })

  it('does not ask for a release that is out', async () => {
    const { tasks } = await pollAt('2025-11-20T13:31:00Z')
    expect(tasks.flatMap(({ releases }) => releases)).not.toContain('nonfarm_payrolls')
  })
})

describe('a fetch task', () => {
  const task = { source: 'cboe_volatility', from: '2025-11-20', to: '2025-11-20', since: '2025-11-20T23:00:00.000Z' }
  const cboe = sourceNamed('cboe_volatility')
  const forever = new Date('2030-01-01')
  const csv = Buffer.from(vixCsv([['2025-11-20', 26.42]]))
  const closes = (index: string) => Buffer.from(`DATE,${index}\n11/20/2025,100\n`)
  const answer = ({ url }: HttpRequest) => {
    const index = /(\w+)_History/.exec(url)![1]!
    return { status: 200, headers: {}, body: ['VVIX', 'SKEW'].includes(index) ? closes(index) : csv }
  }

  it('that runs out of time is partial, and the next round asks only for the rest', async () => {
    const asked: string[] = []
    const clock = new Clock('2025-11-20T23:00:00Z')
    const { lake } = await openTestLake({
      platform: {
        now: clock.now,
        fetch: async (request) => {
          asked.push(request.url)
          clock.set(new Date(clock.now().getTime() + 60_000).toISOString())
          return answer(request)
        },
      },
    })
    const first = await runFetchTask(lake, cboe, task, new Date('2025-11-20T23:01:30Z'))
    expect(first).toMatchObject({ isPartial: true, rowCount: 2 })
    expect(asked).toHaveLength(2)
    const second = await runFetchTask(lake, cboe, { ...task, sofar: first }, forever)
    expect(second).toMatchObject({ isPartial: false, status: 'ok', rowCount: 5 })
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked).toHaveLength(5)
    await lake.close()
  })

  it('whose source fails lands the rest, and a retry asks only for what is missing', async () => {
    const asked: string[] = []
    let isDown = true
    const { lake } = await openTestLake({
      at: '2025-11-20T23:00:00Z',
      platform: {
        fetch: async (request) => {
          asked.push(request.url)
          return isDown && request.url.includes('SKEW')
            ? { status: 503, headers: {}, body: Buffer.from('') }
            : answer(request)
        },
      },
    })
    await expect(runFetchTask(lake, cboe, task, forever)).rejects.toThrow(SourceUnavailableError)
    await lake.refresh()
    expect(await lake.engine.rows('select count(*) as n from volatility_indices')).toEqual([{ n: 4 }])
    isDown = false
    asked.length = 0
    expect(await runFetchTask(lake, cboe, task, forever)).toMatchObject({ status: 'ok', rowCount: 1 })
    expect(asked).toEqual([expect.stringContaining('SKEW')])
    await lake.close()
  })
})

describe('lateness', () => {
  const afterClose = { source: 'desk', table: 'daily_bars', lag: { kind: 'after_close', minutes: 120 } } as const
  const nextMorning = { ...afterClose, lag: { kind: 'next_morning' } } as const
  const latest = async (at: string, dataset: typeof afterClose | typeof nextMorning) => {
    const { lake } = await openTestLake({ at })
    await land(lake, 'daily_bars', [{ symbol: 'SPY', ...bar('2025-11-20') }], { source: 'desk' })
    const [found] = await lateness(lake, [dataset], '18:30')
    await lake.close()
    return found
  }

  it.each([
    ['2025-11-21T01:30:00Z', afterClose, '2025-11-20', 0],
    ['2025-11-22T01:30:00Z', afterClose, '2025-11-21', 1],
    // Over a weekend nothing becomes late.
    ['2025-11-24T01:30:00Z', afterClose, '2025-11-21', 1],
    // Before the evening run of a session that has closed, the run before counts.
    ['2025-11-21T23:00:00Z', afterClose, '2025-11-20', 0],
    ['2025-11-22T01:30:00Z', nextMorning, '2025-11-20', 0],
    ['2025-11-25T01:30:00Z', nextMorning, '2025-11-21', 1],
    // Thanksgiving: the Wednesday and the Friday are sessions.
    ['2025-11-29T01:30:00Z', afterClose, '2025-11-28', 5],
  ])('at %s is counted in sessions', async (at, dataset, expected, sessionsBehind) => {
    expect(await latest(at, dataset)).toEqual({
      dataset: 'desk daily_bars',
      latest: '2025-11-20',
      expected,
      sessionsBehind,
    })
  })

  it('is not reported for a dataset that was never fetched', async () => {
    const { lake } = await openTestLake({ at: '2025-11-21T01:30:00Z' })
    expect(await lateness(lake, [afterClose], '18:30')).toEqual([])
    await lake.close()
  })
})
