/** 2025-11-20 on real prices and recorded facts: what hit, what it was worth, and what did not follow. */
import { cpSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import { compute } from '../../pipeline/compute/compute.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { tag } from '../../pipeline/tag/tag.ts'
import { landEventFacts } from '../support/event-facts.ts'
import { newFolder, openTestLake } from '../support/lake.ts'
import { describeShared } from '../support/shared.ts'
import { realLake } from '../support/shared-lakes.ts'

const event = '2025-11-20'

describeShared('the session of 2025-11-20 on real data', () => {
  let lake: Lake
  beforeAll(async () => {
    const folder = newFolder()
    cpSync(await realLake(), folder, { recursive: true })
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

  it('resonance is false without depth: gamma was positive the evening before', async () => {
    const [echo] = await lake.engine.rows(`select * from resonance where session = date '${event}'`)
    expect(echo).toMatchObject({
      kind_count: 2,
      kinds: 'earnings,nonfarm_payrolls',
      depth_ratio_before: null,
      is_fragile_before: false,
      is_resonance: false,
    })
  })
})
