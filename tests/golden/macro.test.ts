/** Payrolls of the episode as known at golden instants, to the second, and their delay and surprise. */
import { beforeAll, expect, it } from 'vitest'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { openTestLake } from '../support/lake.ts'
import { describeShared, sharedCsv } from '../support/shared.ts'
import { episodeLake } from '../support/shared-lakes.ts'

describeShared('payrolls of the episode', () => {
  let lake: Lake
  beforeAll(async () => {
    lake = (await openTestLake({ folder: await episodeLake() })).lake
    await lake.refresh()
  })

  it('change as known at each golden instant, including revisions of earlier months', async () => {
    for (const row of sharedCsv('golden/asof_expected.csv')) {
      const [found] = await lake.engine.rows<{ change: number | null }>(
        `with known as (
           select reference_period, max_by(value, known_at) as level from macro_releases
           where series = 'PAYEMS' and known_at <= timestamp '${row.as_of_utc!.replace('Z', '')}' group by reference_period
         )
         select (select level from known where reference_period = date '${row.ref_period}-01')
           - (select level from known where reference_period = date '${row.ref_period}-01' - interval 1 month) as change`,
      )
      const expected = row.value_k === '' ? null : Number(row.value_k)
      expect(found?.change, `${row.ref_period} at ${row.as_of_utc}`).toBe(expected)
    }
  })

  it('September comes 48 days late with the golden surprise', async () => {
    const [golden] = sharedCsv('golden/macro_nfp_2025_09.csv')
    const [found] = await lake.engine.rows(
      `select delay_days, actual, consensus, surprise from catalysts_by_session where kind = 'nonfarm_payrolls' and session = date '${golden?.actual_release}'`,
    )
    expect(found).toEqual({
      delay_days: Number(golden?.delay_days),
      actual: Number(golden?.actual_k),
      consensus: Number(golden?.consensus_k),
      surprise: Number(golden?.surprise_k),
    })
  })
})
