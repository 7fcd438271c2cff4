/** The relations of a computation, restricted to a range of years. */
import { setTimeout } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { inSpan } from '../../../pipeline/compute/span.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { silverVersions } from '../../../pipeline/silver/staleness.ts'
import { sessions } from '../../../schemas/tables/sessions.ts'
import { openTestLake } from '../../support/lake.ts'

const lakeWith = (lake: Lake, readable: Lake['platform']['store']['readable']): Lake => ({
  ...lake,
  platform: { ...lake.platform, store: { ...lake.platform.store, readable } },
})

it('fails if objects cannot be read, while another computation still defines its relations', async () => {
  const { lake } = await openTestLake()
  const { store } = lake.platform
  const versions = await silverVersions(store)
  const slow = lakeWith(lake, async (keys) => {
    await setTimeout(100)
    return store.readable(keys)
  })
  const broken = lakeWith(lake, async () => {
    throw new Error('the store does not answer')
  })
  const countIn = (each: Lake) =>
    inSpan(each, [sessions], versions, { since: '2025-01-01', to: 2025 }, ({ engine }) =>
      engine.rows('select count(*) > 0 as has_rows from sessions'),
    )
  // A promise that fails before somebody waits for it would end the process.
  expect(await Promise.allSettled([countIn(slow), countIn(broken)])).toMatchObject([
    { status: 'fulfilled', value: [{ has_rows: true }] },
    { status: 'rejected', reason: { message: 'the store does not answer' } },
  ])
  await lake.close()
})
