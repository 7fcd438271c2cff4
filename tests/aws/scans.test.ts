/** What queries scan, by Trino's own counters, on a lake as large as the default universe. `npm run scans` writes it down. */
import { writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { type Athena, openAthena } from '../../adapters/athena/client.ts'
import { billedBytes } from '../../adapters/athena/cost.ts'
import { estimate } from '../../adapters/athena/estimate.ts'
import { localPlatform } from '../../adapters/local.ts'
import { martName } from '../../schemas/catalog.ts'
import { queries } from '../../schemas/queries/index.ts'
import { views } from '../../schemas/views/index.ts'
import { scanBudget } from '../../tools/scan-budget.ts'
import { defaultUniverseLake, followed, intradaySpan, span } from './default-universe.ts'
import { lakeDeployment } from './lake-deployment.ts'
import { hasLocalAws, localAws } from './local-aws.ts'

/** The least that Athena bills, so that less would save nothing. */
const minimum = billedBytes(0)

describe.skipIf(!hasLocalAws)('what a query scans on the default universe', () => {
  let athena: Athena
  let folder: string

  beforeAll(async () => {
    const aws = await localAws()
    for (const [name, value] of Object.entries(aws.environment)) vi.stubEnv(name, value)
    folder = await defaultUniverseLake()
    const deployed = await lakeDeployment(aws, 'Scans')
    await deployed.fill(folder)
    athena = openAthena(deployed)
  }, 600_000)

  const scanned = async (sql: string) => (await athena.execute(sql)).bytesScanned

  it.each(queries.map(({ name, sql, isHeavy = false }) => [name, sql.text, isHeavy] as const))(
    'saved query %s stays at the minimum of 10 MB unless it says otherwise, within its estimate',
    async (_, text, isHeavy) => {
      const bytes = await scanned(text)
      if (!isHeavy) expect(bytes).toBeLessThanOrEqual(minimum)
      const { store } = localPlatform({ lake: folder })
      expect(bytes).toBeLessThanOrEqual((await estimate(athena, store, text)).bytes)
    },
  )

  it.each(views.filter(({ mart }) => mart).map((view) => [martName(view)]))('%s stays there too', async (mart) => {
    expect(await scanned(`select * from ${mart}`)).toBeLessThanOrEqual(minimum)
  })

  it('a year that is named is the only one read', async () => {
    const { store } = localPlatform({ lake: folder })
    const [object] = await store.list('silver/daily_bars/year=2024')
    const bytes = await scanned('select sum(close), max(volume) from daily_bars where year = 2024')
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(object!.size)
    expect(await scanned('select sum(close), max(volume) from daily_bars')).toBeGreaterThan(30 * bytes)
    const text = 'select max(close) from daily_bars where year between 2023 and 2024'
    expect(await estimate(athena, store, text)).toMatchObject({ objectCount: 2, scanCount: 1 })
  })

  const oneSession = "select * from intraday_bars where session = date '2025-11-20'"
  const oneMonth =
    "select * from intraday_bars where symbol = 'SPY' and session between date '2025-10-01' and date '2025-10-31'"

  it('a session of bars inside it is one object, and a month of one symbol is the objects of its sessions', async () => {
    const { store } = localPlatform({ lake: folder })
    const [object] = await store.list('silver/intraday_bars/session=2025-11-20')
    expect(await scanned(oneSession)).toBeLessThanOrEqual(object!.size)
    expect(await estimate(athena, store, oneSession)).toMatchObject({ objectCount: 1, scanCount: 1 })
    expect(await estimate(athena, store, oneMonth)).toMatchObject({ objectCount: 23, scanCount: 1 })
    const path = "select * from intraday_path where symbol = 'SPY' and session = date '2025-11-20'"
    expect(await scanned(path)).toBeLessThanOrEqual(minimum)
  })

  // About 150 queries, each alone. A busy machine needs more than the ten minutes of other tests.
  it.runIf(process.env.PRECURSOR_MEASURE)('is written down', { timeout: 3 * 3_600_000 }, async () => {
    const measured: Record<string, number> = {}
    const texts = [
      ['one session of intraday_bars', oneSession] as const,
      ['one symbol and month of intraday_bars', oneMonth] as const,
      ...queries.map(({ name, sql }) => [`saved query ${name}`, sql.text] as const),
      ...views.filter(({ mart }) => mart).map((view) => [martName(view), `select * from ${martName(view)}`] as const),
      ...views.map(({ name }) => [name, `select * from ${name}`] as const),
    ]
    for (const [name, text] of texts) measured[name] = await scanned(text)
    const text = scanBudget(measured, {
      symbolCount: followed.length,
      ...span,
      intradayFrom: intradaySpan.from,
    })
    writeFileSync(new URL('../../docs/scan-budget.md', import.meta.url), text)
  })
})
