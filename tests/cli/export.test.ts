/** `precursor export`: the files hold the rows of the lake, and the manifest says what they are. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tableFromIPC } from 'apache-arrow'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../core/engine.ts'
import { views } from '../../schemas/views/index.ts'
import { newFolder, restore } from '../support/lake.ts'
import { precursor } from '../support/precursor.ts'
import { episodeLake } from '../support/shared-lakes.ts'

let sample: string
beforeAll(async () => {
  sample = await episodeLake()
})

interface Manifest {
  readonly as_of: string
  readonly notice: string
  readonly versions: Record<string, string>
  readonly files: readonly {
    readonly name: string
    readonly file: string
    readonly rows: number
    readonly bytes: number
    readonly sha256: string
    readonly inputs: Record<string, { objects: number; version: string }>
  }[]
  readonly dictionary: { readonly file: string; readonly sha256: string }
}

const exported = (...args: string[]) => {
  const folder = join(newFolder(), 'out')
  const result = precursor(sample, 'export', folder, ...args)
  expect(result).toMatchObject({ status: 0 })
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest
  return { folder, manifest, result, read: (name: string) => readFileSync(join(folder, name)) }
}

const counts = async (sql: string) => {
  const engine = await openEngine()
  const [row] = await engine.rows<{ n: number }>(sql)
  engine.close()
  return row!.n
}
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const inLake = (sql: string) =>
  JSON.parse(precursor(sample, 'query', sql, '--format', 'json').stdout) as Record<string, unknown>[]

describe('an export', () => {
  it('as Parquet holds all marts and the named tables, with rows, bytes and hashes as the manifest says', async () => {
    const { folder, manifest, read } = exported('daily_bars')
    const marts = views.filter(({ mart }) => mart).map(({ name }) => name)
    expect(manifest.files.map(({ name }) => name)).toEqual([...marts, 'daily_bars'])
    expect(readdirSync(folder).sort()).toEqual(
      [...manifest.files.map(({ file }) => file), 'dictionary.json', 'manifest.json'].sort(),
    )
    for (const { name, file, rows, bytes, sha256: hash, inputs } of manifest.files) {
      expect({ name, bytes: read(file).length, hash: sha256(read(file)) }).toEqual({ name, bytes, hash })
      expect(await counts(`select count(*) as n from '${join(folder, file)}'`)).toBe(rows)
      expect(Object.values(inputs).length, name).toBeGreaterThan(0)
    }
    expect(manifest.files.at(-1)!.rows).toBe(Number(inLake('select count(*) as n from daily_bars')[0]!.n))
    expect(manifest).toMatchObject({
      notice: expect.stringContaining('SAMPLE'),
      as_of: expect.stringMatching(/Z$/),
      versions: { precursor: expect.stringMatching(/^\d/), duckdb: expect.stringMatching(/^v\d/) },
    })
  })

  it('has the dictionary of its columns', () => {
    const { manifest, read } = exported()
    expect(sha256(read(manifest.dictionary.file))).toBe(manifest.dictionary.sha256)
    const dictionary = JSON.parse(String(read('dictionary.json'))) as {
      name: string
      columns: { name: string; doc: string }[]
    }[]
    expect(dictionary.map(({ name }) => name)).toEqual(manifest.files.map(({ name }) => name))
    for (const { columns } of dictionary) for (const { doc } of columns) expect(doc).not.toBe('')
  })

  it('as CSV and as Arrow holds the same rows, also beyond the first some thousand', () => {
    const names = ['daily_bars', 'volatility_regime', 'catalysts_by_session', 'put_call_ratios']
    const csv = exported('--only', '--format', 'csv', ...names)
    const arrow = exported('--only', '--format', 'arrow', ...names)
    for (const [i, name] of names.entries()) {
      const rows = parse(csv.read(`${name}.csv`), { columns: true }) as Record<string, string>[]
      const table = tableFromIPC(arrow.read(`${name}.arrow`))
      const { rows: expected } = csv.manifest.files[i]!
      expect({ name, csv: rows.length, arrow: table.numRows }).toEqual({ name, csv: expected, arrow: expected })
    }
    expect(csv.manifest.files[0]!.rows).toBeGreaterThan(5000)
    const [first] = inLake("select * from volatility_regime where session = date '2025-11-20'")
    const sessions = parse(csv.read('volatility_regime.csv'), { columns: true }) as Record<string, string>[]
    const last = sessions.findIndex(({ session }) => session === '2025-11-20')
    expect(Number(sessions[last]!.vix_close)).toBe(first!.vix_close)
    const row = tableFromIPC(arrow.read('volatility_regime.arrow')).get(last)!.toJSON() as Record<string, unknown>
    expect(row).toMatchObject({ session: Date.UTC(2025, 10, 20), vix_close: 26.42 })
    // An instant is one in UTC, and a missing value is NULL.
    const bars = tableFromIPC(arrow.read('daily_bars.arrow'))
    expect(String(bars.schema.fields.find(({ name }) => name === 'known_at')!.type)).toBe('Timestamp<MILLISECOND, UTC>')
  })

  it('as of an instant holds what that instant knew', () => {
    const { manifest, read } = exported('--only', 'daily_bars', '--format', 'csv', '--as-of', '2025-11-19')
    expect(manifest.as_of).toBe('2025-11-20T01:00:00.000Z')
    const rows = parse(read('daily_bars.csv'), { columns: true }) as Record<string, string>[]
    expect(
      rows
        .map(({ session }) => session!)
        .sort()
        .at(-1),
    ).toBe('2025-11-19')
    expect(rows.every(({ known_at }) => known_at! <= manifest.as_of)).toBe(true)
  })

  it('takes the place of an earlier export, and of nothing else', () => {
    const { folder } = exported('--only', 'sessions')
    expect(precursor(sample, 'export', folder, '--only', 'sessions', '--format', 'csv')).toMatchObject({ status: 0 })
    expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).toMatchObject({ format: 'csv' })
    const other = newFolder()
    writeFileSync(join(other, 'mine.txt'), 'mine')
    expect(precursor(sample, 'export', other)).toMatchObject({
      status: 64,
      stderr: expect.stringMatching(/not empty and holds no earlier export/),
    })
    expect(readdirSync(other)).toEqual(['mine.txt'])
  })

  it.each([
    [['nope'], /no table or view nope/],
    [['--format', 'xml'], /no format xml/],
    [['--as-of', 'noon'], /needs a date, time and offset/],
  ])('with %j is refused before anything is written', (args, message) => {
    const folder = join(newFolder(), 'out')
    expect(precursor(sample, 'export', folder, ...args)).toMatchObject({
      status: 64,
      stderr: expect.stringMatching(message),
    })
    expect(existsSync(folder)).toBe(false)
  })
})

it('a text of a feed is never a formula in the CSV of an export', async () => {
  const folder = newFolder()
  restore(folder, await episodeLake())
  const file = join(newFolder(), 'events.csv')
  writeFileSync(
    file,
    `event_id,category,entity,title,occurred_at,reference\ne1,outage,=1+1,"=HYPERLINK(""https://example.com"")",2025-11-18T11:48:00Z,https://example.com\n`,
  )
  expect(precursor(folder, 'import', 'reported_events', file)).toMatchObject({ status: 0 })
  const out = join(newFolder(), 'out')
  expect(precursor(folder, 'export', out, '--only', 'reported_events', '--format', 'csv')).toMatchObject({ status: 0 })
  const [row] = parse(readFileSync(join(out, 'reported_events.csv')), { columns: true }) as Record<string, string>[]
  expect(row).toMatchObject({ entity: "'=1+1", title: `'=HYPERLINK("https://example.com")` })
})
