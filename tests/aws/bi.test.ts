/** What BI tools get: the semantic model by a tool that reads it, the dashboard in Superset itself, the notebook run. */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { metrics } from '../../bi/metrics.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { queries } from '../../schemas/queries/index.ts'
import { openBrowser } from '../support/browser.ts'
import { copyFolder } from '../support/folders.ts'
import { newFolder, openTestLake } from '../support/lake.ts'
import { episodeLake } from '../support/shared-lakes.ts'
import { freePort, startBeside, untilUp } from './beside.ts'
import { episodeDeployment } from './episode-deployment.ts'
import { hasLocalAws, localAws, pythonWith } from './local-aws.ts'

const here = fileURLToPath(new URL('./clients/', import.meta.url))
const project = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

describe.skipIf(!hasLocalAws)('for BI', () => {
  let lake: Lake
  let python: string
  let folder: string
  let database: string

  beforeAll(async () => {
    python = await pythonWith('clients')
    // The tool that reads the semantic model opens the database for writing. Then no other test can open it.
    folder = newFolder()
    copyFolder(await episodeLake(), folder)
    lake = (await openTestLake({ folder })).lake
    await lake.refresh()
    database = join(folder, 'lake.duckdb')
    return () => lake.close()
  }, 600_000)

  it('the semantic model is valid by its schema, and a tool that reads it gives what SQL gives', async () => {
    const command = [join(here, 'semantic.py'), join(project, 'bi', 'precursor.osi.json'), database]
    const { stdout } = await run(python, command, { maxBuffer: 1e7 })
    const found = JSON.parse(stdout) as { metrics: Record<string, number>; lit_by_group: Record<string, number> }
    expect(Object.keys(found.metrics)).toEqual(metrics.map(({ name }) => name))
    for (const { name, of, sql } of metrics) {
      const [row] = await lake.engine.rows<{ value: number }>(`select cast(${sql} as double) as value from ${of.name}`)
      expect(Number(found.metrics[name]), name).toBeCloseTo(row!.value, 9)
    }
    const groups = await lake.engine.rows<{ signal_group: string; n: number }>(
      'select signal_group, sum(case when is_lit then 1 else 0 end) as n from precursor_signals group by signal_group',
    )
    expect(found.lit_by_group).toEqual(Object.fromEntries(groups.map(({ signal_group, n }) => [signal_group, n])))
  })

  it('the dashboard is imported into Superset, and each of its charts is drawn', async () => {
    const superset = await pythonWith('superset')
    const [port, home] = [await freePort(), newFolder()]
    const dashboard = join(project, 'bi', 'superset')
    const uri = `duckdb:///${database}`
    const server = startBeside([superset, join(here, 'superset_starter.py'), dashboard, uri, String(port)], {
      env: {
        PATH: process.env.PATH,
        SUPERSET_CONFIG_PATH: join(here, 'superset_config.py'),
        SUPERSET_HOME: home,
      },
      logFile: join(home, 'superset.log'),
    })
    const browser = await openBrowser()
    try {
      const url = `http://127.0.0.1:${port}`
      await untilUp('Superset', server, async () => (await fetch(`${url}/health`)).ok)
      const page = await browser.newPage({ viewport: { width: 1400, height: 1600 } })
      await page.goto(`${url}/login/`)
      await page.fill('#username', 'admin')
      await page.fill('#password', 'admin')
      await page.keyboard.press('Enter')
      await page.waitForURL((address) => !address.pathname.startsWith('/login'))

      const names = readdirSync(join(dashboard, 'charts')).map(
        (file) => (parse(readFileSync(join(dashboard, 'charts', file), 'utf8')) as { slice_name: string }).slice_name,
      )
      const answers: { status: number; rows: Record<string, unknown>[] }[] = []
      page.on('response', async (response) => {
        if (!response.url().includes('/api/v1/chart/data')) return
        const body = (await response.json()) as { result?: { data: Record<string, unknown>[] }[] }
        answers.push({ status: response.status(), rows: body.result?.[0]?.data ?? [] })
      })
      await page.goto(`${url}/superset/dashboard/precursor/`)
      for (const name of names) await page.getByText(name, { exact: true }).first().waitFor({ timeout: 60_000 })
      await expect.poll(() => answers.length, { timeout: 60_000 }).toBe(names.length)
      for (const { status, rows } of answers) {
        expect(status).toBe(200)
        expect(rows.length).toBeGreaterThan(0)
      }
      await page.locator('canvas').nth(3).waitFor({ timeout: 60_000 })
      expect(await page.locator('canvas').count()).toBe(4)

      // The table says what the saved query says.
      const [lit] = answers.filter(({ rows }) => rows[0] && 'lit_since' in rows[0])
      const expected = await lake.engine.rows(queries.find(({ name }) => name === 'lit_since')!.sql.text)
      const brief = (rows: readonly Record<string, unknown>[]) =>
        rows.map(({ title, session_count }) => `${title} ${session_count}`).sort()
      expect(brief(lit!.rows)).toEqual(brief(expected))
    } finally {
      await browser.close()
      server.stop()
    }
  })

  it('the notebook runs, and finds the same cells with DuckDB and with PyAthena', async () => {
    const aws = await localAws()
    const deployed = await episodeDeployment(aws)
    const env = {
      ...process.env,
      ...aws.environment,
      PRECURSOR_LAKE: folder,
      PRECURSOR_STACK: deployed.workgroup,
    }
    const { stdout } = await run(python, [join(here, 'notebook.py'), join(project, 'docs/notebooks/lake.ipynb')], {
      env,
    })
    const outputs = JSON.parse(stdout) as string[]
    expect(outputs.join('\n')).toMatch(/Depth vacuum.*2025-11-19/)
    expect(outputs.at(-1)).toBe(
      ['score', 'lit_signals', 'reversals', 'catalysts', 'resonances']
        .map((name) => `${name}: the same cells\n`)
        .join(''),
    )
  })

  it('without a deployment the notebook runs too', async () => {
    const { PRECURSOR_STACK: _, ...env } = process.env
    const { stdout } = await run(python, [join(here, 'notebook.py'), join(project, 'docs/notebooks/lake.ipynb')], {
      env: { ...env, PRECURSOR_LAKE: folder },
    })
    expect((JSON.parse(stdout) as string[]).at(-1)).toBe('')
  })
})
