/** The system as it is deployed: a real `cdk deploy` onto an emulator, evenings run by the state machine, the rows read back. */
import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { AthenaClient, BatchGetQueryExecutionCommand, ListQueryExecutionsCommand } from '@aws-sdk/client-athena'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { chartLibrary } from '../../adapters/chart-library.ts'
import { localPlatform } from '../../adapters/local.ts'
import { siteInFolder } from '../../adapters/site-folder.ts'
import { gather } from '../../evening/gather.ts'
import { parseWatch } from '../../evening/message/config.ts'
import { messageOf, messageParts } from '../../evening/message/message.ts'
import { defaultEvenings } from '../../evening/site/default-evenings.ts'
import { publishSite } from '../../evening/site/publish.ts'
import { rebuild } from '../../pipeline/ingest/rebuild.ts'
import { openLake } from '../../pipeline/lake/open.ts'
import type { RunRequest } from '../../pipeline/runs/request.ts'
import { stepsFor } from '../../pipeline/runs/run.ts'
import { partsOfRun } from '../../pipeline/runs/step-texts.ts'
import { martKey } from '../../pipeline/silver/mart.ts'
import { EpisodeClock, sampledEvening } from '../../samples/episode.ts'
import { views } from '../../schemas/views/index.ts'
import { hashes, newFolder, openTestLake, sampleUniverse } from '../support/lake.ts'
import { differences } from '../support/rows.ts'
import { type Deployed, deploy, deployedFrom, type Execution } from './deployment.ts'
import { region, testCredentials } from './emulator.ts'
import { hasLocalAws, localAws } from './local-aws.ts'
import { judge, type Role, rolesOf } from './permissions.ts'
import { pythonProgram } from './python.ts'
import { type Replay, startReplay } from './replay.ts'
import { unexplained } from './unused-grants.ts'

const event = '2025-11-20'
const next = '2025-11-21'
const eveningTime = '19:30'
/** What the pipeline says about itself: when it ran, and what it found then. */
const aboutItself = /^silver\/(runs|checks|payloads|score_record)\//
const withoutOwn = <T>(found: Record<string, T>) =>
  Object.fromEntries(Object.entries(found).filter(([key]) => !aboutItself.test(key)))

/** Hashes of what follows from bronze. */
const own = (folder: string) => withoutOwn(hashes(folder, 'silver'))
const marts = views.filter(({ mart }) => mart)
/** Athena makes the marts there, the embedded engine here. */
const betweenEngines = 1e-9

describe.skipIf(!hasLocalAws)('deployed', () => {
  const clock = new EpisodeClock()
  let replay: Replay
  let deployed: Deployed

  beforeAll(async () => {
    clock.set(event, eveningTime)
    const aws = await localAws()
    replay = await startReplay(aws.replayPort, clock.now)
    const universe = fileURLToPath(new URL('../../samples/universe.json', import.meta.url))
    const [folder, context] = [newFolder(), { universe, site: 'true', siteReaders: '203.0.113.0/24' }]
    await deploy(aws, folder, context)
    deployed = deployedFrom(aws, folder, context)
  }, 600_000)

  afterAll(() => replay?.close())

  /** A local lake with the bronze of the bucket, and what follows from it. */
  const localRun = async (refused: readonly string[] = []): Promise<string> => {
    const folder = newFolder()
    await deployed.download('bronze/', folder)
    const lake = await openLake(localPlatform({ lake: folder, environment: {} }), sampleUniverse)
    const outcomes = await rebuild(lake, [])
    for (const { perform } of stepsFor(event)) outcomes.push(...(await perform(lake)))
    await lake.close()
    const failed = outcomes.filter(({ status }) => status === 'failed').map(({ subject }) => subject)
    expect(failed).toEqual(refused)
    return folder
  }

  const succeed = async (request: RunRequest): Promise<Execution> => {
    const execution = await deployed.execute(request)
    expect(execution).toMatchObject({ status: 'SUCCEEDED' })
    return execution
  }

  const silverInBucket = async (): Promise<string> => {
    const folder = newFolder()
    await deployed.download('silver/', folder)
    await deployed.download('mart/', folder)
    return folder
  }

  const expectSameMarts = async (there: string, here: string) => {
    expect(Object.keys(hashes(there, 'mart'))).toEqual(marts.map(martKey).sort())
    const { lake } = await openTestLake()
    for (const view of marts) {
      const [found, expected] = [there, here].map((folder) => join(folder, martKey(view)))
      expect(await differences(lake, view, found!, expected!, { tolerance: betweenEngines }), view.name).toEqual([])
    }
    await lake.close()
  }

  /** Texts of the queries that Athena answered. */
  const queriesAsked = async (): Promise<string[]> => {
    const athena = new AthenaClient({ endpoint: inject('localAws').athenaUrl, region, credentials: testCredentials })
    const { QueryExecutionIds } = await athena.send(new ListQueryExecutionsCommand({ WorkGroup: deployed.workgroup }))
    if (!QueryExecutionIds?.length) return []
    const { QueryExecutions } = await athena.send(new BatchGetQueryExecutionCommand({ QueryExecutionIds }))
    return QueryExecutions!.map(({ Query }) => Query!)
  }

  it('its template is clean to cfn-lint', () => {
    // W3005: CDK names dependencies that a reference implies.
    const { status, stdout } = spawnSync(
      pythonProgram('emulator', 'cfn-lint'),
      ['-i', 'W3005', '--', deployed.template],
      {
        encoding: 'utf8',
      },
    )
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  })

  it('an evening lands, and silver and marts are those of a local run of the same payloads', async () => {
    const { outputs, visited } = await succeed(sampledEvening(event))
    const [there, here] = [await silverInBucket(), await localRun()]
    expect(own(there)).toEqual(own(here))
    await expectSameMarts(there, here)

    const { lake } = await openTestLake({ folder: there })
    await lake.refresh()
    const [row] = await lake.engine.rows(`select vix_close from volatility_regime where session = date '${event}'`)
    expect(row).toEqual({ vix_close: 26.42 })
    const runs = await lake.engine.rows(`select step, status from runs where subject = 'all' order by started_at, step`)
    expect(runs).toEqual(partsOfRun.map((step) => ({ step, status: 'ok' })))
    await lake.close()

    expect(visited).toEqual(expect.arrayContaining(['Send message', 'Publish site']))
    const local = await openTestLake({ folder: here })
    const { language, levels } = parseWatch(
      readFileSync(new URL('../../watch.json', import.meta.url), 'utf8'),
      'watch.json',
    )
    expect(outputs.Announce).toMatchObject({
      Payload: messageOf(await gather(local.lake, event, { levels, parts: messageParts }), language),
    })
    const [site, made] = [newFolder(), newFolder()]
    await deployed.downloadSite(site)
    const options = { language: 'en', evenings: defaultEvenings, library: await chartLibrary() } as const
    // The first page says how old the lake is now.
    const today = await openTestLake({ folder: here, at: new Date().toISOString() })
    await today.lake.refresh()
    const { written } = await publishSite(today.lake, options, siteInFolder(made))
    await today.lake.close()
    expect(outputs['Publish site']).toMatchObject({ Payload: { written: written.length } })
    expect(hashes(site, '')).toEqual(hashes(made, ''))
    await local.lake.close()
  })

  it('the same evening again changes not a byte', async () => {
    const state = async () => withoutOwn({ ...(await deployed.etags('silver/')), ...(await deployed.etags('mart/')) })
    const [before, asked] = [await state(), await queriesAsked()]
    expect(asked.length).toBe(marts.length)
    const { outputs } = await succeed(sampledEvening(event))
    expect(await state()).toEqual(before)
    expect(outputs['Publish site']).toMatchObject({ Payload: { written: 0 } })
    expect(await queriesAsked()).toEqual(asked)
  })

  it('sources that fail do so alone: the others land, the run is marked, the topic is told', async () => {
    clock.set(next, eveningTime)
    replay.breakWith({
      VIX_History: { status: 200, body: '<html>under construction</html>' },
      fomccalendars: { status: 503, body: '' },
    })
    const sources = ['cboe_volatility', 'fomc_calendar', 'nasdaq_bars']
    const execution = await deployed.execute({ session: next, sources })
    replay.breakWith({})
    expect(execution).toMatchObject({ status: 'FAILED', error: 'RunFailedInPart' })
    expect(execution.visited).toContain('Notify')
    expect(execution.cause).toMatch(/2 failed, the others landed/)
    expect(execution.cause).toMatch(/ingest cboe_volatility: SourceChangedError: .*VIX/)
    expect(execution.cause).toMatch(/ingest fomc_calendar: .*HTTP 503 .*try again later/)

    const { lake } = await openTestLake({ folder: await silverInBucket() })
    await lake.refresh()
    const runs = await lake.engine.rows(
      `select subject, status, row_count > 0 as has_rows from runs
       where step = 'ingest' and session = date '${next}' order by subject`,
    )
    expect(runs).toEqual([
      { subject: 'all', status: 'failed', has_rows: true },
      { subject: 'cboe_volatility', status: 'failed', has_rows: true },
      { subject: 'fomc_calendar', status: 'failed', has_rows: false },
      { subject: 'nasdaq_bars', status: 'ok', has_rows: true },
    ])
    const [bars] = await lake.engine.rows(`select max(session) as latest from daily_bars`)
    expect(bars).toEqual({ latest: next })
    await lake.close()
  })

  it('two runs of one evening at once leave one correct lake', async () => {
    const request = { session: next, sources: ['cboe_volatility', 'nasdaq_bars', 'fomc_calendar', 'treasury_auctions'] }
    const executions = await Promise.all([deployed.execute(request), deployed.execute(request)])
    expect(executions.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED'])
    const [there, here] = [await silverInBucket(), await localRun(['cboe_volatility'])]
    expect(own(there)).toEqual(own(here))
    // Evenings that were added one by one to the marts came to what a rebuild makes of all at once.
    await expectSameMarts(there, here)
  })

  it('a poll asks for what is overdue, and for nothing else', async () => {
    const asked = replay.asked.length
    await succeed({ schedule: 'releases' })
    const urls = replay.asked.slice(asked)
    expect(urls.length).toBeGreaterThan(0)
    expect(urls.filter((url) => !/alfred\.stlouisfed\.org|fomccalendars/.test(url))).toEqual([])
    // A second look brings nothing new, so nothing is computed.
    expect((await succeed({ schedule: 'releases' })).visited).not.toContain('tag')
  })

  describe('the command line', () => {
    const bin = fileURLToPath(new URL('../../bin/precursor.mjs', import.meta.url))
    const precursor = (...args: string[]) =>
      promisify(execFile)(process.execPath, [bin, '--aws', ...args], {
        env: { ...process.env, ...inject('localAws').environment },
      }).then(
        ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
        ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }),
      )

    it('requests a run, follows it and reports its steps', async () => {
      const { status, stdout, stderr } = await precursor('run', '--session', next, '--source', 'squeezemetrics_gamma')
      expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringMatching(/execution \S+: succeeded/) })
      expect(stdout).toMatch(/^ingest\n {2}squeezemetrics_gamma +\d+ rows\ntag\n/)
      expect(stdout).toMatch(/\npublish\n {2}crash_precursors +12 rows\n/)
    })

    it('requests a backfill', async () => {
      const span = ['--from', '2025-11-17', '--to', next, '--source', 'squeezemetrics_gamma']
      expect(await precursor('backfill', ...span)).toMatchObject({ status: 0 })
    })

    it('looks for gaps, and says how things are', async () => {
      const gaps = await precursor('gaps', '--from', event, '--to', next, '--format', 'json')
      expect(gaps.status).toBe(0)
      expect(JSON.parse(gaps.stdout)).toContainEqual({
        table_name: 'daily_bars',
        source: 'yahoo_bars',
        subject: 'GSPC',
        session: next,
      })
      const { stdout } = await precursor('doctor', '--offline')
      expect(stdout).toContain(`ok    lake s3://${deployed.bucket}`)
      expect(stdout).toMatch(/ok {4}execution \S+ of \S+: succeeded/)
      expect(stdout).toMatch(/note {2}key FRED_API_KEY is not set/)
    })

    it('says what cannot be', async () => {
      expect(await precursor('--stack', 'Elsewhere', 'gaps')).toMatchObject({
        status: 64,
        stderr: expect.stringMatching(/no deployment Elsewhere .*npx cdk deploy/),
      })
      expect(await precursor('run', '--session', '2025-11-22')).toMatchObject({
        status: 64,
        stderr: expect.stringMatching(/2025-11-22 is not an XNYS session/),
      })
    })
  })

  describe('the functions', () => {
    let roles: Role[]
    beforeAll(async () => {
      await deployed.invoke('Lateness')
      roles = await rolesOf(inject('localAws'), deployed)
    }, 120_000)

    it('make no call that their policies do not allow, and have no grant without a use or a reason', async () => {
      const judged = judge(roles)
      const made = roles.map(({ name, calls }) => [name, calls.length > 0])
      expect(made).toEqual(roles.map(({ name }) => [name, true]))
      expect(judged.flatMap(({ name, refused }) => refused.map((call) => ({ name, ...call })))).toEqual([])
      const keys = Object.keys(await deployed.etags(''))
      expect(unexplained(judged, keys)).toEqual([])
    })

    it('would be found out if one grant were missing', () => {
      const [tag] = roles.filter(({ name }) => name === 'tag')
      const without = JSON.parse(JSON.stringify(tag!.policies), (_, value) =>
        value === 's3:PutObject' ? 's3:PutObjectTagging' : value,
      )
      const [judged] = judge([{ ...tag!, policies: without }])
      expect(judged!.refused).toContainEqual(expect.objectContaining({ action: 's3:PutObject' }))
      expect(judge([tag!])[0]!.refused).toEqual([])
    })
  })

  it('is destroyed, and the bucket stays', async () => {
    await deployed.destroy()
    expect(Object.keys(await deployed.etags('mart/'))).toHaveLength(marts.length)
  })
})
