/**
 * One contract suite for all declarations: registered, named like their file, documented, and with SQL that Trino can
 * parse.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { TrinoSQL } from 'dt-sql-parser'
import { describe, expect, it } from 'vitest'
import { openEngine } from '../../core/engine.ts'
import { attachSilver } from '../../pipeline/silver/attach.ts'
import { nothingStored } from '../../pipeline/silver/bind.ts'
import { catalystKinds } from '../../schemas/catalysts/index.ts'
import { sqlTypeName } from '../../schemas/column.ts'
import { queries } from '../../schemas/queries/index.ts'
import { releases } from '../../schemas/releases.ts'
import { signals } from '../../schemas/signals.ts'
import { knowledge } from '../../schemas/table.ts'
import { tables } from '../../schemas/tables/index.ts'
import { inDependencyOrder, renderView } from '../../schemas/view.ts'
import { crashPrecursors } from '../../schemas/views/composite/crash_precursors.ts'
import { views } from '../../schemas/views/index.ts'
import { sources } from '../../sources/index.ts'
import { allDocs } from '../../tools/generate.ts'

const folder = (path: string) => new URL(`../../${path}/`, import.meta.url)
/** Modules of a folder that export a declaration made by `maker`. */
const declared = (path: string, maker: string) =>
  readdirSync(folder(path), { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        name.endsWith('.ts') &&
        !name.startsWith('earlier/') &&
        new RegExp(`^export const \\w+ = ${maker}\\b`, 'm').test(readFileSync(new URL(name, folder(path)), 'utf8')),
    )
    .map((name) => basename(name, '.ts'))

describe('registration', () => {
  it.each([
    ['schemas/tables', 'defineTable', tables.map((each) => each.name)],
    ['schemas/views', 'defineView', views.map((each) => each.name)],
    ['sources', 'defineSource', sources.map((each) => each.name)],
    [
      'schemas/catalysts',
      '(defineCatalyst|releaseCatalyst|exchangeDayCatalyst)',
      catalystKinds.map((each) => each.kind),
    ],
  ])('every file of %s is one line of its index, under the name of the file', (path, maker, registered) => {
    const files = declared(path, maker)
    expect(files.length).toBeGreaterThan(3)
    const missing = files
      .filter((name) => !registered.includes(name))
      .map((name) => `add to ${path}/index.ts: import { … } from './${name}.ts'`)
    expect(missing).toEqual([])
    expect([...registered].sort()).toEqual(files.sort())
  })

  it('names are unique', () => {
    const names = [...tables, ...views].map((each) => each.name)
    expect(new Set(names).size).toBe(names.length)
  })
})

describe.each([...tables, ...views].map((each) => [each.name, each] as const))('%s', (_, relation) => {
  it('declares its grain, its meaning and the meaning of each column', () => {
    expect(relation.doc).toMatch(/^One row per .+\.$/)
    for (const name of relation.grain) expect(Object.keys(relation.columns)).toContain(name)
    for (const [name, column] of Object.entries(relation.columns)) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/)
      expect(column.doc, name).toMatch(/.{4,}[.…]$/)
      if (column.type === 'double') expect(column.unit, `${name} needs a unit`).toBeTruthy()
      if (column.type === 'boolean') expect(name).toMatch(/^(is|has)_|_is_/)
    }
  })
})

describe.each(tables.map((each) => [each.name, each] as const))('table %s', (_, table) => {
  it('has the knowledge columns', () => {
    for (const name of Object.keys(knowledge)) expect(Object.keys(table.columns)).toContain(name)
    expect(Object.keys(table.columns)).toContain(table.yearOf)
    for (const name of [...table.steady, ...Object.values(table.aliases)])
      expect(Object.keys(table.columns)).toContain(name)
  })
})

describe('views', () => {
  const trino = new TrinoSQL()

  it.each([
    ...views.map((each) => [each.name, renderView(each)] as const),
    ...queries.map((each) => [`saved query ${each.name}`, each.sql.text] as const),
  ])('%s is a query in the grammar of Trino', (_, text) => {
    expect(trino.validate(text)).toEqual([])
  })

  it('the grammar check distinguishes Trino from DuckDB', () => {
    expect(trino.validate('select * from a qualify row_number() over () = 1').length).toBeGreaterThan(0)
    expect(trino.validate('select a::double from b').length).toBeGreaterThan(0)
  })

  /** The forbidden column of the SQL rules: constructs that one engine lacks or evaluates differently. */
  it.each([...views, ...queries].map((each) => [each.name, each.sql.text] as const))(
    '%s keeps to the common SQL',
    (_, text) => {
      const forbidden = [
        /\bqualify\b/i,
        /\basof\b/i,
        /\bfilter\s*\(\s*where/i,
        /ignore nulls/i,
        /\b(percent_rank|cume_dist|ntile)\b/i,
        /approx_/i,
        /at time zone/i,
        /::/,
        /\bexclude\s*\(/i,
        /current_(date|timestamp)|now\(\)/i,
        /\bdate_trunc\(/i,
      ]
      expect(forbidden.filter((rule) => rule.test(text)).map(String)).toEqual([])
      // Integer division truncates on one engine, so an operand must be a double or be cast to one.
      expect(text.match(/\b\d+\s*\/\s*\d+\b/g) ?? []).toEqual([])
    },
  )

  it('have on an empty lake the columns and types that they declare', async () => {
    const { engine, refresh } = attachSilver(await openEngine(), nothingStored as never, [...tables, ...views])
    await refresh()
    const names: Record<string, string> = {
      'timestamp(3)': 'TIMESTAMP_MS',
      double: 'DOUBLE',
      bigint: 'BIGINT',
      varchar: 'VARCHAR',
      date: 'DATE',
      boolean: 'BOOLEAN',
    }
    for (const view of inDependencyOrder(views)) {
      const found = await engine.columnsOf(`select * from ${view.name}`)
      const expected = Object.entries(view.columns).map(([name, { type }]) => ({
        name,
        type: names[sqlTypeName(type)],
      }))
      expect(found, view.name).toEqual(expected)
      expect(await engine.rows(`select * from ${view.name}`), view.name).toEqual([])
    }
    engine.close()
  })
})

describe('sources', () => {
  it.each(sources.map((each) => [each.name, each] as const))(
    '%s declares where it comes from, what it may be used for and how fast',
    (_, source) => {
      expect(source.homepage).toMatch(/^https:\/\//)
      expect(source.licence.length).toBeGreaterThan(10)
      expect(source.rate.requests / source.rate.seconds).toBeLessThanOrEqual(10)
      const universe = {
        etfs: ['SPY'],
        stocks: ['NVDA'],
        indices: ['GSPC'],
        minuteBars: ['NVDA'],
        tiingo: ['SPY'],
        volatilityIndices: ['VIX'],
        funds: ['SPY'],
        holdings: ['SPY'],
        optionChains: ['SPX'],
        putCallRatios: true,
        symbolVolumes: true,
        filers: [{ symbol: 'NVDA', cik: '0001045810' }],
        lastSessions: {},
        creditSeries: ['BAMLH0A0HYM2', 'NFCI'],
        releases: Object.keys(releases),
        contact: 'a@example.com',
      }
      for (const hasSecret of [true, false]) {
        const requests = source.request({ from: '2025-11-19', to: '2025-11-20' }, { universe, hasSecret })
        expect(requests.length).toBeGreaterThan(0)
        for (const request of requests) {
          expect(source.hosts).toContain(new URL(request.url).hostname)
          expect(request.url).toMatch(/^https:/)
        }
      }
    },
  )
})

describe('signals', () => {
  it('stand for columns of crash_precursors, each once', () => {
    expect(new Set(signals.map((each) => each.column)).size).toBe(signals.length)
  })

  it.each(signals.map((signal) => [signal.column, signal] as const))(
    '%s has the unit of its column, a format for it, and levels in their order',
    (_, { column, direction, on, off, unit, format }) => {
      const declared = crashPrecursors.columns[column]
      expect(unit).toBe('unit' in declared ? declared.unit : undefined)
      const formats: Readonly<Record<string, string>> = {
        fraction: 'share',
        'fraction per year': 'share',
        'USD per 1 %': 'dollars',
        sessions: 'sessions',
        days: 'days',
        kinds: 'kinds',
      }
      // A return is written with its sign.
      const ofNumber = unit === 'fraction' && column.endsWith('_return') ? 'change' : (formats[unit!] ?? 'number')
      expect(format).toBe(direction === 'true' ? 'yes' : ofNumber)
      expect(direction === 'true').toBe(declared.type === 'boolean')
      expect(direction === 'below' ? on <= off : on >= off).toBe(true)
    },
  )
})

describe('docs', () => {
  it.each(Object.entries(allDocs()))('%s matches the declarations (`npm run docs` writes it)', (path, text) => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text)
  })
})
