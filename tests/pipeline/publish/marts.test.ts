/** Marts: only the years whose inputs changed are queried, and the object has the bytes of a mart that is published anew. */
import { cpSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compute } from '../../../pipeline/compute/compute.ts'
import { importFiles } from '../../../pipeline/ingest/import-files.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { publish } from '../../../pipeline/publish/publish.ts'
import { tag } from '../../../pipeline/tag/tag.ts'
import { hashes, newFolder, openTestLake, writeInput } from '../../support/lake.ts'
import { episodeLake } from '../../support/shared-lakes.ts'

const copyOf = (folder: string) => {
  const copy = newFolder()
  cpSync(folder, copy, { recursive: true, preserveTimestamps: true })
  return copy
}

const publishing = async (lake: Lake) => {
  for (const { subject, error } of await publish(lake)) expect(error, subject).toBeNull()
}

const evening = async (lake: Lake) => {
  for (const { subject, error } of [...(await tag(lake)), ...(await compute(lake))]) expect(error, subject).toBeNull()
  await publishing(lake)
}

/** The bytes that a lake publishes that has no marts yet. */
const publishedAnew = async (folder: string) => {
  const copy = copyOf(folder)
  const isOfMarts = (name: string) => name.startsWith('mart_')
  for (const name of readdirSync(join(copy, 'state')).filter(isOfMarts)) rmSync(join(copy, 'state', name))
  for (const name of ['mart', '.writes/mart']) rmSync(join(copy, name), { recursive: true, force: true })
  const { lake } = await openTestLake({ folder: copy })
  await publishing(lake)
  await lake.close()
  return hashes(copy, 'mart')
}

const bars = 'symbol,session,open,high,low,close,volume\n'
const imports: readonly (readonly [what: string, table: string, csv: string])[] = [
  ['a bar of an old year', 'daily_bars', `${bars}GSPC,2023-03-15,3900,3950,3850,3911,1000\n`],
  ['a correction of that bar', 'daily_bars', `${bars}GSPC,2023-03-15,3900,3950,3850,3899,1000\n`],
  [
    'a split that changes the prices of earlier years',
    'corporate_actions',
    'symbol,session,action,split_factor\nSPY,2025-11-19,split,2\n',
  ],
  [
    'an event of an earlier session that is recorded now',
    'reported_events',
    'event_id,category,entity,title,occurred_at,reference\ne1,outage,Exchange,It halted,2025-11-18T15:00:00Z,wire\n',
  ],
  [
    'depth of an earlier session',
    'market_depth',
    'instrument,session,metric,value\nES,2025-11-18,top_of_book_usd,7000000\n',
  ],
]

describe('a mart', () => {
  it('has the bytes of a mart that is published anew, after each of several changes', async () => {
    const folder = copyOf(await episodeLake())
    const { lake } = await openTestLake({ folder })
    await evening(lake)
    let before = hashes(folder, 'mart')
    const changing: string[] = []
    expect(before).toEqual(await publishedAnew(folder))
    for (const [what, table, csv] of imports) {
      const file = writeInput(`${table}.csv`, csv)
      expect(await importFiles(lake, table, [file], { source: 'desk' }), what).toMatchObject({ error: null })
      await evening(lake)
      const after = hashes(folder, 'mart')
      expect(after, what).toEqual(await publishedAnew(folder))
      if (JSON.stringify(after) !== JSON.stringify(before)) changing.push(what)
      before = after
    }
    expect(changing).toEqual(expect.arrayContaining(['a bar of an old year', 'a correction of that bar']))
    await lake.close()
  })

  it('stays as it is when nothing changed, with notes and without them, and comes back when it is removed', async () => {
    const folder = copyOf(await episodeLake())
    const { lake } = await openTestLake({ folder })
    await evening(lake)
    const before = hashes(folder, 'mart')
    await publishing(lake)
    expect(hashes(folder, 'mart')).toEqual(before)
    rmSync(join(folder, 'state'), { recursive: true })
    await publishing(lake)
    expect(hashes(folder, 'mart')).toEqual(before)
    rmSync(join(folder, 'mart'), { recursive: true })
    await publishing(lake)
    expect(hashes(folder, 'mart')).toEqual(before)
    await lake.close()
  })
})
