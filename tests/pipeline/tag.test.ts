/** The tag step: it tags the kinds whose inputs changed, and gives the bytes of tagging all. */
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importFiles } from '../../pipeline/ingest/import-files.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { tag } from '../../pipeline/tag/tag.ts'
import { hashes, newFolder, openTestLake, writeInput } from '../support/lake.ts'
import { episodeLake } from '../support/shared-lakes.ts'

const copyOfEpisode = async () => {
  const folder = newFolder()
  cpSync(await episodeLake(), folder, { recursive: true })
  return { folder, lake: (await openTestLake({ folder })).lake }
}

const taggedIn = (folder: string) => ({
  ...hashes(folder, 'silver/catalysts'),
  ...hashes(folder, 'silver/earlier_catalysts'),
})

const header = 'event_id,category,entity,title,occurred_at,reference\n'
const record = async (lake: Lake, ...events: readonly string[]) => {
  const file = writeInput('events.csv', `${header}${events.join('\n')}\n`)
  expect(await importFiles(lake, 'reported_events', [file], { source: 'desk' })).toMatchObject({ error: null })
}

/** The bytes that tagging all kinds gives: without the notes, nothing is known to be up to date. */
const taggedAnew = async (folder: string) => {
  const copy = newFolder()
  cpSync(folder, copy, { recursive: true })
  for (const name of ['silver/catalysts', 'silver/earlier_catalysts', '.writes/silver/catalysts', 'state'])
    rmSync(join(copy, name), { recursive: true, force: true })
  const { lake } = await openTestLake({ folder: copy })
  for (const { error } of await tag(lake)) expect(error).toBeNull()
  await lake.close()
  return taggedIn(copy)
}

describe('tag', () => {
  it('gives the same outcomes and bytes again, with its notes and without them', async () => {
    const { folder, lake } = await copyOfEpisode()
    const before = taggedIn(folder)
    expect(Object.keys(before).length).toBeGreaterThan(2)
    const kinds = async () => (await tag(lake)).filter(({ subject }) => subject !== 'speech_sentences')
    const outcomes = await kinds()
    expect(await kinds()).toEqual(outcomes)
    rmSync(join(folder, 'state'), { recursive: true })
    expect(await kinds()).toEqual(outcomes)
    expect(taggedIn(folder)).toEqual(before)
    await lake.close()
  })

  it('after a new event, its correction and an event of an old year gives the bytes of tagging all kinds', async () => {
    const { folder, lake } = await copyOfEpisode()
    await tag(lake)
    const first = taggedIn(folder)
    for (const [event, kindRows] of [
      ['e1,outage,Exchange,It halted,2025-11-19T15:00:00Z,wire', 1],
      ['e1,outage,Exchange,It halted for an hour,2025-11-19T15:00:00Z,wire', 2],
      ['e2,geopolitical,World,It began,2012-03-02T15:00:00Z,wire', 3],
    ] as const) {
      const earlier = taggedIn(folder)
      await record(lake, event)
      const outcomes = await tag(lake)
      expect(outcomes.find(({ subject }) => subject === 'reported_event')).toMatchObject({ rowCount: kindRows })
      expect(taggedIn(folder)).not.toEqual(earlier)
      expect(taggedIn(folder)).toEqual(await taggedAnew(folder))
    }
    expect(taggedIn(folder)).not.toEqual(first)
    await lake.close()
  })

  it('of a kind whose input is damaged fails, and the other kinds are tagged', async () => {
    const { folder, lake } = await copyOfEpisode()
    rmSync(join(folder, 'state'), { recursive: true })
    writeFileSync(join(folder, 'silver/earnings/year=2025/data.parquet'), 'x')
    const found = new Map((await tag(lake)).map(({ subject, status }) => [subject, status]))
    expect(found.get('earnings')).toBe('failed')
    expect(found.get('nonfarm_payrolls')).toBe('ok')
    expect(found.get('fed_speech')).toBe('ok')
    await lake.close()
  })

  it('writes an object again that was removed, though no input changed', async () => {
    const { folder, lake } = await copyOfEpisode()
    await tag(lake)
    const before = taggedIn(folder)
    const [key] = Object.keys(before)
    rmSync(join(folder, key!))
    await tag(lake)
    expect(taggedIn(folder)).toEqual(before)
    await lake.close()
  })
})
