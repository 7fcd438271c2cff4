/** Opens a lake for a command: where it is, what to follow, how to talk. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import cliProgress from 'cli-progress'
import type { Command } from 'commander'
import { pino } from 'pino'
import { localPlatform } from '../adapters/local.ts'
import { type Lake, openLake } from '../lake.ts'
import type { Logger, Platform, Progress } from '../platform.ts'
import { sampleNoticeOf } from '../sample-mark.ts'
import { parseUniverse } from '../universe.ts'

export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

export interface GlobalOptions {
  readonly lake: string
  readonly universe?: string
  readonly json?: boolean
  readonly verbose?: boolean
}

/** Logs go to stderr, so that stdout is the answer alone. */
const loggerFor = ({ json, verbose }: GlobalOptions): Logger => {
  if (json)
    return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }))
  const say = (_: Readonly<Record<string, unknown>>, message: string) => void process.stderr.write(`${message}\n`)
  return { info: verbose ? say : () => {}, warn: verbose ? say : () => {} }
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
    step: (label, done = 0, total = 1) => {
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

export const openPlatform = (
  options: GlobalOptions,
  overrides: Partial<Parameters<typeof localPlatform>[0]> = {},
): Platform =>
  localPlatform({ lake: options.lake, log: loggerFor(options), progress: progressFor(options), ...overrides })

export const readUniverse = async (platform: Platform, options: GlobalOptions) => {
  const place = options.universe ?? process.env.PRECURSOR_UNIVERSE ?? join(projectFolder, 'universe.json')
  return parseUniverse(new TextDecoder().decode(await platform.readFile(place)), place)
}

/** Opens the lake, does the work, closes it again. */
export const withLake = async <T>(
  options: GlobalOptions,
  work: (lake: Lake) => Promise<T>,
  overrides: Partial<Parameters<typeof localPlatform>[0]> = {},
): Promise<T> => {
  const platform = openPlatform(options, overrides)
  const notice = await sampleNoticeOf(platform.store)
  if (notice) process.stderr.write(`${notice}\n`)
  const memory = process.env.PRECURSOR_MEMORY
  const lake = await openLake(platform, await readUniverse(platform, options), memory ? { memory } : {})
  try {
    return await work(lake)
  } finally {
    platform.progress.end()
    await lake.close()
  }
}
