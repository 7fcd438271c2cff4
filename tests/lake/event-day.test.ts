/** 2025-11-20 on real prices and recorded facts: what hit, what it was worth, and what did not follow. */
import { beforeAll, expect, it } from 'vitest'
import { compute } from '../../pipeline/compute/compute.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { tag } from '../../pipeline/tag/tag.ts'
import { landEventFacts } from '../support/event-facts.ts'
import { copyFolder, newFolder, openTestLake } from '../support/lake.ts'
import { describeShared } from '../support/shared.ts'
import { realLake } from '../support/shared-lakes.ts'

const event = '2025-11-20'

describeShared('the session of 2025-11-20 on real data', () => {
  let lake: Lake
  beforeAll(async () => {
    const folder = newFolder()
    copyFolder(await realLake(), folder)
    lake = (await openTestLake({ folder })).lake
    await landEventFacts(lake)
    expect((await tag(lake)).filter(({ error }) => error)).toEqual([])
    expect((await compute(lake)).filter(({ error }) => error)).toEqual([])
  })

  it('three catalysts of three kinds: first print against the consensus before it, 48 days late', async () => {
    const hits = await lake.engine.rows(
      `select kind, entity, actual, consensus, surprise, delay_days, direction, occurred_at from catalysts_by_session
       where session = date '${event}' order by occurred_at`,
    )
    expect(hits).toMatchObject([
      { kind: 'earnings', entity: 'NVDA', occurred_at: '2025-11-19T21:20:31.000Z' },
      { kind: 'nonfarm_payrolls', actual: 119, consensus: 50, surprise: 69, delay_days: 48, direction: 'hawkish' },
      { kind: 'fed_speech', entity: 'Lisa D. Cook' },
    ])
    const [latest] = await lake.engine.rows(
      `select max_by(figure, known_at) as figure from macro_vintages where series = 'PAYEMS' and reference_period = date '2025-09-01'`,
    )
    expect(latest?.figure).toBe(108)
  })

  it('was not an abnormal day for NVDA, whose growth had sped up', async () => {
    const [window] = await lake.engine.rows<Record<string, number>>(
      `select * from catalyst_windows where symbol = 'NVDA' and event_session = date '${event}' and event_time = 0`,
    )
    expect(window?.abnormal_return).toBeCloseTo(-0.0023, 4)
    expect(Math.abs(window?.t_statistic ?? 9)).toBeLessThan(0.2)
    expect(window?.abnormal_range).toBeGreaterThan(1)
    const [reaction] = await lake.engine.rows(
      `select revenue_growth, is_sell_the_news from earnings_reactions where session = date '${event}'`,
    )
    // Without a consensus in the lake nobody can say whether good news was sold.
    expect(reaction).toEqual({ revenue_growth: expect.closeTo(0.6249358645, 9), is_sell_the_news: null })
  })

  it('turned at 10:59 and had lost its gap at 11:56, and says so in minutes from the open', async () => {
    const when = `session, minutes_to_high, minutes_to_turn, minutes_to_gap_lost, minutes_to_low`
    expect(
      await lake.engine.rows(
        `select ${when} from intraday_reversal where symbol = 'SPY' and session = date '${event}'`,
      ),
    ).toEqual([
      { session: event, minutes_to_high: 67, minutes_to_turn: 89, minutes_to_gap_lost: 146, minutes_to_low: 389 },
    ])
    const [evening] = await lake.engine.rows(`select * from crash_precursors where session = date '${event}'`)
    expect(evening).toMatchObject({
      etf_minutes_to_turn: 89,
      etf_minutes_to_gap_lost: 146,
      etf_last_30_return: expect.closeTo(-0.00574528718816214, 12),
      etf_intraday_volatility: expect.closeTo(0.2150282821242467, 12),
      etf_downside_share: expect.closeTo(0.7075807133842409, 12),
    })
    const [before] = await lake.engine.rows(
      `select count(etf_minutes_to_turn) + count(etf_intraday_volatility) as n from crash_precursors where session < date '2025-11-01'`,
    )
    expect(before).toEqual({ n: 0 })
  })

  it('moved around its catalysts: up before the open, down from the speech on', async () => {
    const rows = await lake.engine.rows(
      `select kind, symbol, minutes_from_open, price, return_before_5, return_before_30, return_before_60,
              return_after_5, return_after_30, return_after_60
       from catalyst_intraday where session = date '${event}' order by occurred_at`,
    )
    const unknown = { return_before_5: null, return_before_30: null, return_before_60: null }
    expect(rows).toEqual([
      {
        ...{ kind: 'earnings', symbol: 'NVDA', minutes_from_open: -1029, price: 186.7, ...unknown },
        return_after_5: expect.closeTo(0.0321638993036959, 12),
        return_after_30: expect.closeTo(0.046009641135511536, 12),
        return_after_60: expect.closeTo(0.03947509373326197, 12),
      },
      {
        ...{ kind: 'nonfarm_payrolls', symbol: 'SPY', minutes_from_open: -60, price: 662.68, ...unknown },
        return_after_5: expect.closeTo(0.01604092472988472, 12),
        return_after_30: expect.closeTo(0.018425182591899514, 12),
        return_after_60: expect.closeTo(0.018395002112633563, 12),
      },
      {
        ...{ kind: 'fed_speech', symbol: 'SPY', minutes_from_open: 90, price: 672.77 },
        return_before_5: expect.closeTo(-0.000980057318503702, 12),
        return_before_30: expect.closeTo(-0.003111710403485124, 12),
        return_before_60: expect.closeTo(-0.0031412526485797843, 12),
        return_after_5: expect.closeTo(-0.0016796230509683596, 12),
        return_after_30: expect.closeTo(-0.007179273748829318, 12),
        return_after_60: expect.closeTo(-0.01874340413514275, 12),
      },
    ])
  })

  it('has a path for charts, from the open to the close', async () => {
    const path = await lake.engine.rows(
      `select at_minute, price, return_since_previous_close, return_since_open from intraday_path
       where symbol = 'SPY' and session = date '${event}' order by at_minute`,
    )
    expect(path).toHaveLength(391)
    expect(path[0]).toMatchObject({ at_minute: 0, price: 672.945, return_since_open: 0 })
    expect(path.at(-1)).toMatchObject({
      at_minute: 390,
      price: 652.42,
      return_since_previous_close: expect.closeTo(652.42 / 662.68 - 1, 12),
    })
  })

  it('resonance is not known without depth: gamma was positive the evening before', async () => {
    const [echo] = await lake.engine.rows(`select * from resonance where session = date '${event}'`)
    expect(echo).toMatchObject({
      kind_count: 2,
      kinds: 'earnings,nonfarm_payrolls',
      depth_ratio_before: null,
      is_fragile_before: null,
      is_resonance: null,
    })
  })
})
