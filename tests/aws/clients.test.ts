/** The clients that people use, on every public view: names, types, dates and NULLs; and each block of docs/connect.md. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ResultRow, Value } from '../../core/engine.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import type { SqlType } from '../../schemas/column.ts'
import type { View } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'
import { sectionsOf } from '../support/document-blocks.ts'
import { newFolder, openTestLake } from '../support/lake.ts'
import { episodeLake } from '../support/shared-lakes.ts'
import type { Deployed } from './deployment.ts'
import { episodeDeployment } from './episode-deployment.ts'
import { hasLocalAws, localAws, pythonWith } from './local-aws.ts'

const here = fileURLToPath(new URL('./clients/', import.meta.url))
const project = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

interface Seen {
  readonly view: string
  readonly rowCount: number
  readonly names: readonly string[]
  readonly columns: Readonly<Record<string, { kinds: string[]; nullCount: number; least: unknown; greatest: unknown }>>
}

/** What a client makes of a type where it is not that type: a pandas frame has no dates but instants. */
const clients: readonly (readonly [string, Partial<Record<SqlType, SqlType>>])[] = [
  ['DB-API', {}],
  ['SQLAlchemy', {}],
  ['pandas', { date: 'timestamp' }],
  ['awswrangler', {}],
  ['Superset', {}],
]

/** To nine digits. */
const nearly = (value: number) =>
  value === 0 ? expect.closeTo(0, 15) : expect.closeTo(value, 9 - Math.ceil(Math.log10(Math.abs(value))))

/** The block of each way to connect. */
const ways = sectionsOf('docs/connect.md', 'Athena').map(
  ({ heading, blocks: [block] }) => [heading, block!.language, block!.code] as const,
)

describe.skipIf(!hasLocalAws)('clients of Athena', () => {
  let deployed: Deployed
  let lake: Lake
  let env: NodeJS.ProcessEnv
  let python: string
  let superset: string

  beforeAll(async () => {
    const aws = await localAws()
    env = { ...process.env, ...aws.environment }
    python = await pythonWith('clients')
    superset = await pythonWith('superset')
    const config = join(here, 'superset_config.py')
    Object.assign(env, { SUPERSET_CONFIG_PATH: config, SUPERSET_HOME: newFolder() })
    deployed = await episodeDeployment(aws)
    lake = (await openTestLake({ folder: await episodeLake() })).lake
    await lake.refresh()
    return () => lake.close()
  }, 600_000)

  /** Counts, least and greatest values of each column of a view, by DuckDB. Each view is asked once for all clients. */
  const summaries = new Map<View, Promise<ResultRow>>()
  const summaryOf = (view: View): Promise<ResultRow> => {
    const parts = Object.keys(view.columns).flatMap((name) => [
      `count(*) - count(${name}) as ${name}_nulls`,
      `min(${name}) as ${name}_least`,
      `max(${name}) as ${name}_greatest`,
    ])
    const found =
      summaries.get(view) ??
      lake.engine.rows(`select count(*) as n, ${parts.join(', ')} from ${view.name}`).then(([row]) => row!)
    summaries.set(view, found)
    return found
  }

  /** What DuckDB says of a view, in the terms of the clients. */
  const expected = async (view: View, as: Partial<Record<SqlType, SqlType>>): Promise<Seen> => {
    const columns = Object.entries(view.columns)
    const row = await summaryOf(view)
    const cell = (value: Value, type: SqlType) => {
      if (type === 'date' && as.date && value !== null) return `${value}T00:00:00.000Z`
      return type === 'double' && value !== null ? nearly(Number(value)) : value
    }
    const seen = columns.map(([name, { type }]) => {
      const nullCount = Number(row[`${name}_nulls`])
      return [
        name,
        {
          kinds: nullCount === Number(row.n) ? [] : [as[type] ?? type],
          nullCount,
          least: cell(row[`${name}_least`]!, type),
          greatest: cell(row[`${name}_greatest`]!, type),
        },
      ] as const
    })
    const names = columns.map(([name]) => name)
    return { view: view.name, rowCount: Number(row.n), names, columns: Object.fromEntries(seen) }
  }

  it.each(clients)('%s reads every public view: names, types, dates, NULLs', async (client, as) => {
    const names = views.map(({ name }) => name)
    const command = [join(here, 'read.py'), client, deployed.database, deployed.workgroup, ...names]
    const { stdout } = await run(client === 'Superset' ? superset : python, command, { env, maxBuffer: 1e8 })
    const found = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Seen)
    expect(found.map(({ view }) => view)).toEqual(names)
    for (const [i, view] of views.entries()) expect(found[i], view.name).toEqual(await expected(view, as))
  })

  it.each(ways)('docs/connect.md: %s', async (_, language, code) => {
    expect(code.trim().split('\n').length).toBeLessThanOrEqual(5)
    // The document names a default deployment.
    const here = code.replaceAll('Precursor', deployed.workgroup).replaceAll("precursor'", `${deployed.database}'`)
    const own = here.replaceAll(':443/precursor?', `:443/${deployed.database}?`)
    const commands: Readonly<Record<string, readonly string[]>> = {
      python: [python, '-c', own],
      js: [process.execPath, '--input-type=module', '-e', own],
      sh: ['bash', '-euc', own],
    }
    const [command, ...args] = commands[language]!
    const { stdout } = await run(command!, args, {
      cwd: project,
      env: { ...env, PRECURSOR_STACK: deployed.workgroup },
      maxBuffer: 1e8,
    })
    expect(stdout).toMatch(/2025-11-2\d|date\(2025, 11, 2\d\)/)
  })
})
