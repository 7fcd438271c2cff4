/** Opens a lake for a command: its folder or deployment, the universe, logs and progress. */
import cliProgress from 'cli-progress'
import type { Command } from 'commander'
import { pino } from 'pino'
import { type LocalOptions, localPlatform } from '../adapters/local.ts'
import { lakePath, makeLakeFolder, removeIfEmpty, requireLakeFolder } from '../adapters/local-folder.ts'
import { refuseUnfinished } from '../adapters/unfinished-copy.ts'
import { workingFile } from '../adapters/working-folder.ts'
import { type Deployment, keysPath } from '../core/deployment.ts'
import type { Logger, Platform, Progress } from '../core/platform.ts'
import { printableJson, printableLine } from '../core/printable.ts'
import { sampleNoticeOf } from '../core/sample-mark.ts'
import { redacted } from '../core/secrets.ts'
import { parseUniverse, presetUniverse } from '../core/universe.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import type { LakeOptions } from '../pipeline/lake/open.ts'
import { openPart } from '../pipeline/lake/open.ts'
import { messageFor, missingObjects, namingDamage, prefixesOf } from '../pipeline/silver/integrity.ts'
import { allRelations } from '../schemas/relations.ts'
import type { Relation } from '../schemas/view.ts'
import { exitCodes } from './exit-codes.ts'
import { pasteable } from './invocation.ts'
import { tell } from './output.ts'
import { onStop } from './stop.ts'

export interface GlobalOptions {
  readonly lake: string
  /** The deployment on AWS instead of a folder. */
  readonly aws?: boolean
  readonly stack: string
  readonly universe?: string
  readonly json?: boolean
  readonly verbose?: boolean
}

/** Logs go to stderr, so that stdout is the answer alone. */
const loggerFor = ({ json, verbose }: GlobalOptions): Logger => {
  if (json)
    return pino(
      { base: null, timestamp: pino.stdTimeFunctions.isoTime },
      { write: (line) => tell(printableJson(line)) },
    )
  const log = (_: Readonly<Record<string, unknown>>, message: string) => tell(`${pasteable(message)}\n`)
  return { info: verbose ? log : () => {}, warn: verbose ? log : () => {} }
}

const progressFor = ({ json }: GlobalOptions): Progress => {
  if (json || !process.stderr.isTTY) return { step: () => {}, end: () => {} }
  const bar = new cliProgress.SingleBar({
    format: '{bar} {label}',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    barsize: 16,
  })
  let running = false
  return {
    step: (text, done = 0, total = 1) => {
      const label = printableLine(redacted(text))
      if (!running) bar.start(total, done, { label })
      running = true
      bar.setTotal(total)
      bar.update(done, { label })
    },
    end: () => {
      if (running) bar.stop()
      running = false
    },
  }
}

export const optionsOf = (command: Command): GlobalOptions => command.optsWithGlobals<GlobalOptions>()

/** The deployment that `--aws` names. The AWS SDK is loaded only if it is needed. */
export const deploymentOf = async ({ stack }: GlobalOptions): Promise<Deployment> => {
  const { findDeployment } = await import('../adapters/aws-operator.ts')
  return findDeployment(stack)
}

/** Whether the folder of the lake is made if it is missing, must be present, may be missing, or holds a copy that has not ended. */
type Need = 'made' | 'present' | 'any' | 'unfinished'

interface OpenOptions extends Partial<LocalOptions> {
  readonly need?: Need
}

const openPlatform = async (
  options: GlobalOptions,
  { need = 'made', ...overrides }: OpenOptions,
): Promise<Platform> => {
  const watched = { log: loggerFor(options), progress: progressFor(options) }
  if (!options.aws) {
    const made = need === 'made' ? await makeLakeFolder(options.lake) : []
    if (need === 'present') await requireLakeFolder(options.lake)
    if (need === 'any') await refuseUnfinished(lakePath(options.lake))
    const platform = localPlatform({ lake: options.lake, ...watched, ...overrides })
    const close = () => platform.close().finally(() => removeIfEmpty(made))
    return { ...platform, close }
  }
  const [deployment, { awsPlatform }, { awsNetwork }, { openAthena }] = await Promise.all([
    deploymentOf(options),
    import('../adapters/aws.ts'),
    import('../adapters/aws-network.ts'),
    import('../adapters/athena/client.ts'),
  ])
  const distributed = openAthena(deployment)
  return awsPlatform({
    bucket: deployment.bucket,
    network: awsNetwork(keysPath(options.stack)),
    distributed,
    ...watched,
  })
}

/** The file of the universe: the one that is named, or universe.json in the working folder. Undefined if there is none. */
export const universePlace = ({ universe }: GlobalOptions): string | undefined =>
  universe ?? (process.env.PRECURSOR_UNIVERSE || workingFile('universe.json'))

export const readUniverse = async (platform: Platform, options: GlobalOptions) => {
  const place = universePlace(options)
  if (place === undefined) return presetUniverse('default')
  return parseUniverse(new TextDecoder().decode(await platform.readFile(place)), place)
}

/** Opens the platform without an engine, for commands that run their queries elsewhere. */
export const withPlatform = async <T>(
  options: GlobalOptions,
  work: (platform: Platform) => Promise<T>,
  overrides: OpenOptions = {},
): Promise<T> => {
  const platform = await openPlatform(options, overrides)
  try {
    const notice = await sampleNoticeOf(platform.store)
    if (notice) tell(`${notice}\n`)
    return await work(platform)
  } finally {
    platform.progress.end()
    await platform.close()
  }
}

/** Opens the lake of a platform with some relations and those that they read, does the work, closes the engine. */
export const withRelations = async <T>(
  platform: Platform,
  options: GlobalOptions,
  relations: readonly Relation[],
  work: (lake: Lake) => Promise<T>,
  lakeOptions: LakeOptions = {},
): Promise<T> => {
  const memory = process.env.PRECURSOR_MEMORY
  const universe = await readUniverse(platform, options)
  const { store } = platform
  const lake = await openPart(platform, universe, relations, { ...(memory ? { memory } : {}), ...lakeOptions })
  try {
    const missing = await tellLosses(platform, relations)
    return await namingDamage(store, relations, () => work({ ...lake, missing }))
  } finally {
    await lake.engine.close()
  }
}

/** Does work on some relations of a lake that must be there, as of an instant if one is given. */
export const readingRelations = <T>(
  options: GlobalOptions,
  relations: readonly Relation[],
  asOf: Date | undefined,
  work: (lake: Lake) => Promise<T>,
): Promise<T> =>
  withPlatform(
    options,
    (platform) => withRelations(platform, options, relations, work, { calendar: false, ...(asOf ? { asOf } : {}) }),
    { need: 'present' },
  )

/** The rows of an object that is gone are missing from every answer that should have them. */
const tellLosses = async ({ store }: Platform, relations: readonly Relation[]): Promise<readonly string[]> => {
  const losses = await missingObjects(store, prefixesOf(relations))
  for (const damage of losses) tell(`${pasteable(messageFor(damage))}; until then its rows are missing\n`)
  return losses.map(({ key }) => key)
}

/** Does work that needs no lake: with its progress, and ended by Ctrl-C. What it has done by then is kept. */
export const watching = async <T>(options: GlobalOptions, work: (progress: Progress) => Promise<T>): Promise<T> => {
  const progress = progressFor(options)
  const takeBack = onStop(() => {
    progress.end()
    tell('stopped: what was copied is kept, and the same command goes on from there\n')
    exitStopped()
  })
  return work(progress).finally(() => {
    takeBack()
    progress.end()
  })
}

/** Opens the lake, does the work, closes it again. Ctrl-C ends the work: what has landed by then is kept. */
export const withLake = <T>(
  options: GlobalOptions,
  work: (lake: Lake) => Promise<T>,
  overrides: OpenOptions = {},
  lakeOptions: LakeOptions = {},
): Promise<T> =>
  withPlatform(
    options,
    (platform) => stoppable(platform, () => withRelations(platform, options, allRelations, work, lakeOptions)),
    overrides,
  )

/** Ends the process when the user or a scheduler stops it, without what the work keeps in temporary files. */
const stoppable = async <T>(platform: Platform, work: () => Promise<T>): Promise<T> => {
  let ending: Promise<never> | undefined
  const stop = () => {
    platform.progress.end()
    tell('stopped: what has landed is kept, and the same command goes on from there\n')
    ending = platform.close().then(exitStopped, exitStopped)
  }
  const takeBack = onStop(stop)
  try {
    return await work()
  } catch (error) {
    // If the user stopped the work, it fails because its lake was closed. The process then ends here, without that error.
    await ending
    throw error
  } finally {
    takeBack()
  }
}

const exitStopped = (): never => process.exit(exitCodes.stopped)

/** Opens a lake that is only read: it must be there, and nothing is made in it. */
export const readingLake = <T>(options: GlobalOptions, work: (lake: Lake) => Promise<T>): Promise<T> =>
  withLake(options, work, { need: 'present' })

/** As `readingLake`, for work that only queries tables and views. They do not read the calendar of the pipeline. */
export const queryingLake = <T>(options: GlobalOptions, work: (lake: Lake) => Promise<T>): Promise<T> =>
  withLake(options, work, { need: 'present' }, { calendar: false })
