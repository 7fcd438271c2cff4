/** As of an instant: every table and view answers as that instant knew it, compared with a lake cut at the instant. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { localPlatform } from '../../adapters/local.ts'
import { sessionOf } from '../../calendar/sessions.ts'
import { compute } from '../../pipeline/compute/compute.ts'
import { reading } from '../../pipeline/lake/current.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { openPart } from '../../pipeline/lake/open.ts'
import { tag } from '../../pipeline/tag/tag.ts'
import { tables } from '../../schemas/tables/index.ts'
import type { Relation } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'
import { cut } from '../support/cut.ts'
import { evaluateOnce } from '../support/evaluated-once.ts'
import { newFolder, oneThread, openTestLake, sampleUniverse } from '../support/lake.ts'
import { precursor } from '../support/precursor.ts'
import { differences } from '../support/rows.ts'
import { episodeLake } from '../support/shared-lakes.ts'

/** A cut lake is tagged and computed anew, and logs nothing. */
const compared: readonly Relation[] = [...tables.filter(({ origin }) => origin !== 'pipeline'), ...views].filter(
  ({ name }) => !name.startsWith('meta_'),
)

/** Views that a query evaluates with all that is below them. Here each is evaluated once, over the rows of the views below it. */
const unstored = compared.filter((relation) => relation.kind === 'view' && !relation.materialized)

const sessionColumn = (relation: Relation) => ['session', 'known_session'].find((name) => name in relation.columns)

/** The evening of the rows of the last session may not be over by the instant: what is computed of it is not known yet. */
const overBy = (relation: Relation, instant: string): string => {
  const column = sessionColumn(relation)
  const latest = [...Array(8).keys()]
    .map((back) => new Date(Date.parse(instant) - back * 86_400_000).toISOString().slice(0, 10))
    .find((day) => (sessionOf(day)?.asOf ?? Number.POSITIVE_INFINITY) <= Date.parse(instant))
  return column ? `(${column} is null or ${column} <= date '${latest}')` : 'true'
}

let sample: string
beforeAll(async () => {
  sample = await episodeLake()
})

const openAsOf = async (instant: string): Promise<Lake> => {
  const platform = localPlatform({ lake: sample, environment: {} })
  const lake = await openPart(platform, sampleUniverse, compared, { ...oneThread, asOf: new Date(instant) })
  await reading(async () => {})(lake)
  await lake.hold(compared)
  return lake
}

describe('as of', () => {
  it.each(['2025-11-20T13:29:59Z', '2025-11-19T01:00:00Z', '2025-10-01T12:00:00Z'])(
    '%s, every row is that of a lake cut there',
    async (instant) => {
      const lake = await openAsOf(instant)
      const { lake: part } = await openTestLake({ folder: await cut(sample, instant) })
      for (const { error } of [...(await tag(part)), ...(await compute(part))]) expect(error).toBeNull()
      await part.refresh()
      for (const each of [lake, part]) await evaluateOnce(each, unstored)
      const other: string[] = []
      for (const relation of compared) {
        const files = { found: join(newFolder(), 'found.parquet'), expected: join(newFolder(), 'expected.parquet') }
        await lake.engine.run(`copy (from ${relation.name}) to '${files.found}' (format parquet)`)
        await part.engine.run(`copy (from ${relation.name}) to '${files.expected}' (format parquet)`)
        const only = overBy(relation, instant)
        const rows = await differences(lake, relation, files.found, files.expected, { only })
        other.push(...rows.map((row) => `${relation.name} ${JSON.stringify(row)}`))
        for (const file of Object.values(files)) rmSync(file)
      }
      expect(other).toEqual([])
      await lake.close()
      await part.close()
    },
  )
})

describe('the command line', () => {
  const csv = (...args: string[]) => precursor(sample, ...args, '--format', 'csv')

  it('answers a query as of an instant, or of the evening of a session', () => {
    const latest = 'select max(session) as latest from crash_precursors'
    expect(csv('query', latest, '--as-of', '2025-11-20T13:29:59Z').stdout).toBe('latest\n2025-11-19\n')
    expect(csv('query', latest, '--as-of', '2025-11-18').stdout).toBe('latest\n2025-11-18\n')
  })

  it('compares instants in one query, each by a schema of its name', () => {
    const counts = ['"2025-11-19"', '"2025-11-20T13:29:59Z"', 'main'].map(
      (schema) => `(select max(session) from ${schema}.daily_bars) as ${schema === 'main' ? 'now' : schema}`,
    )
    expect(csv('query', `select ${counts.join(', ')}`).stdout).toMatch(/\n2025-11-19,2025-11-19,2025-11-20\n$/)
  })

  it('describes what an instant knew', () => {
    const { stdout } = precursor(sample, 'describe', 'daily_bars', '--as-of', '2025-11-19')
    expect(stdout).toMatch(/As of 2025-11-20T01:00:00\.000Z: \d+ rows, session \d{4}-\d\d-\d\d to 2025-11-19\n$/)
  })

  it('gives the timetable of an instant under either name of the option', () => {
    const at = '2025-11-20T13:29:59Z'
    expect(csv('timetable', '--as-of', at)).toEqual(csv('timetable', '--at', at))
  })

  it.each([
    ['2025-11-27', /--as-of 2025-11-27 is not an XNYS session: the exchange was closed \(Thanksgiving\)/],
    ['noon', /--as-of noon needs a date, time and offset/],
  ])('refuses %s', (instant, message) => {
    expect(precursor(sample, 'query', 'score', '--as-of', instant)).toMatchObject({
      status: 64,
      stderr: expect.stringMatching(message),
    })
  })
})
