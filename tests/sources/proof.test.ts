/** What docs/sources.md says about the proof of each source is true: recorded bytes are bytes that a test decodes. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sourceNamed, sources } from '../../sources/index.ts'
import { payloadSeeds } from '../fuzz/payload-seeds.ts'
import { bodyOf, recordings } from '../support/recordings.ts'
import { describeShared } from '../support/shared.ts'
import { decode } from '../support/sources.ts'

const provenOn = (on: string) => sources.filter(({ proof }) => proof.on === on).map(({ name }) => name)

describe('the proof of a source', () => {
  it('says recorded bytes for those with a recording, and for no others', () => {
    expect(provenOn('recorded bytes')).toEqual(Object.keys(recordings).sort())
  })

  it('stands in docs/sources.md, with its day', () => {
    const lines = readFileSync(new URL('../../docs/sources.md', import.meta.url), 'utf8').split('\n')
    for (const { name, proof } of sources) {
      const line = lines.find((each) => each.startsWith(`| [\`${name}\`]`))
      expect(line).toContain(`| ${proof.scope ? `${proof.on} (${proof.scope})` : proof.on} | ${proof.since} |`)
      expect(proof.since).toMatch(/^20\d\d-\d\d-\d\d$/)
    }
  })

  it.each(provenOn('documented shape'))('%s decodes a payload of the documented shape', async (name) => {
    const seeds = (await payloadSeeds()).filter(({ origin }) => origin === name)
    expect(seeds.length).toBeGreaterThan(0)
    for (const { body, key, fetchedAt } of seeds)
      expect((await decode(sourceNamed(name), body, { key, fetchedAt })).length).toBeGreaterThan(0)
  })
})

const all = Object.entries(recordings).flatMap(([name, each]) => each.map((recording) => [name, recording] as const))

describeShared('recorded bytes', () => {
  it.each(all)('%s decodes $file', async (name, recording) => {
    const { key, fetchedAt } = recording
    const rows = await decode(sourceNamed(name), bodyOf(recording), { key, ...(fetchedAt ? { fetchedAt } : {}) })
    expect(rows.length).toBeGreaterThan(0)
  })
})
