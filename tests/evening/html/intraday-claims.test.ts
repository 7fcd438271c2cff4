/** The claims on the turn, the gap and the fall: each verdict and each sentence is true of the bars of its session. */
import { beforeEach, describe, expect, it } from 'vitest'
import { claims } from '../../../evening/html/claims/index.ts'
import { saying } from '../../../evening/language/language.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { barsOf, importBars } from '../../support/intraday.ts'
import { openTestLake } from '../../support/lake.ts'

const before = '2025-11-19'
const thursday = '2025-11-20'

/** Prices that go in straight lines from corner to corner, `[minute, price]`. */
const through =
  (...corners: readonly (readonly [minute: number, price: number])[]) =>
  (minute: number) => {
    const next = Math.max(
      1,
      corners.findIndex(([at]) => at >= minute),
    )
    const [[from, low], [to, high]] = [corners[next - 1]!, corners[next]!]
    return low + ((high - low) * (minute - from)) / (to - from)
  }

describe('of bars inside the session', () => {
  let lake: Lake
  beforeEach(async () => {
    ;({ lake } = await openTestLake())
    return () => lake.close()
  })

  const found = async (id: string, session = thursday) => {
    await lake.refresh()
    const claim = claims.find((each) => each.id === id)!
    const { verdict, says } = claim.judge(await lake.engine.rows(claim.sql(session, {}).text), saying('en'), {})
    return [verdict, says]
  }
  /** The session before ends at 100. */
  const session = async (price: (minute: number) => number, count = 390, day = thursday, previous = before) =>
    importBars(lake, [...barsOf(previous, 390, () => 100), ...barsOf(day, count, price)])

  it('supports a turn at about 10:30, a lost gap and a free fall in the afternoon', async () => {
    await session(through([0, 101], [60, 102], [90, 100.9], [150, 99.5], [200, 99], [215, 95], [389, 95.5]))
    expect(await found('turned')).toEqual([
      'supported',
      'SPY had its high at 10:30 and was below its open for good from 10:58.',
    ])
    expect(await found('gap_lost')).toEqual(['supported', 'SPY first closed a bar below the previous close at 11:40.'])
    expect(await found('free_fall')).toEqual([
      'supported',
      expect.stringMatching(
        /^The steepest half hour of SPY was −4\.\d %, ending at 13:0\d; jumps are .* % of the variance\.$/,
      ),
    ])
  })

  it('contradicts them on a session that rose to its close and kept its gap', async () => {
    await session(through([0, 101], [389, 103]))
    expect(await found('turned')).toEqual([
      'contradicted',
      'SPY had its high at 15:59 and closed at or above its open.',
    ])
    expect(await found('gap_lost')).toEqual(['contradicted', 'SPY closed no bar below the previous close.'])
    expect((await found('free_fall'))[0]).toBe('contradicted')
  })

  it('contradicts a turn at 10:30 if the high was in the afternoon', async () => {
    await session(through([0, 101], [300, 103], [389, 100.5]))
    expect(await found('turned')).toEqual([
      'contradicted',
      expect.stringMatching(/^SPY had its high at 14:30 and was below its open for good from 15:4\d\.$/),
    ])
  })

  it('does not call a fall of the morning one of the afternoon', async () => {
    await session(through([0, 101], [10, 101], [30, 97], [389, 96.8]))
    expect(await found('free_fall')).toEqual([
      'contradicted',
      expect.stringMatching(/^The steepest half hour of SPY was −[34]\.\d %, ending at 10:1\d;/),
    ])
  })

  it('does not say that a gap was kept or lost where there was none', async () => {
    await session(through([0, 99], [389, 97]))
    expect(await found('gap_lost')).toEqual(['contradicted', 'SPY did not open above its previous close: −1.0 %.'])
  })

  it('does not know the gap without the previous session, nor anything without bars or with few of them', async () => {
    await importBars(lake, barsOf(thursday, 390))
    expect(await found('gap_lost')).toEqual([
      'unknown',
      'The lake has no bars inside the previous session, so the gap is not known.',
    ])
    await importBars(lake, barsOf('2025-11-21', 300), { source: 'thin' })
    for (const id of ['turned', 'gap_lost', 'free_fall']) {
      expect(await found(id, '2025-11-18')).toEqual(['unknown', 'The lake has no bars inside this session.'])
      expect(await found(id, '2025-11-21')).toEqual(['unknown', 'The bars of this session do not cover enough of it.'])
    }
  })

  it('has the clock of a half day', async () => {
    const [friday, wednesday] = ['2025-11-28', '2025-11-26']
    await session(through([0, 101], [45, 102], [120, 100.5], [165, 99.5], [209, 99]), 210, friday, wednesday)
    expect(await found('turned', friday)).toEqual([
      'supported',
      expect.stringMatching(/^SPY had its high at 10:15 and was below its open for good from 11:0\d\.$/),
    ])
    expect(await found('gap_lost', friday)).toEqual([
      'supported',
      expect.stringMatching(/^SPY first closed a bar below the previous close at 11:5\d\.$/),
    ])
    expect((await found('free_fall', friday))[0]).toBe('contradicted')
  })
})
