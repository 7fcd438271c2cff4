/** The local platform: a folder, this machine's clock, the environment for keys. */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { HttpRequest, HttpResponse, Logger, Platform, Progress } from '../core/platform.ts'
import { httpClient } from './http.ts'
import { localStore } from './local-store.ts'
import { filesIn, silent, still } from './machine.ts'

export interface LocalOptions {
  readonly lake: string
  readonly log?: Logger
  readonly progress?: Progress
  /** Replaces the machine's clock, for the bundled episode and for tests. */
  readonly now?: () => Date
  /** Replaces the network, for the bundled episode and for tests. */
  readonly fetch?: (request: HttpRequest) => Promise<HttpResponse>
  readonly environment?: Readonly<Record<string, string | undefined>>
}

const abandonedAfterMs = 24 * 60 * 60 * 1000

export const localPlatform = (options: LocalOptions): Platform => {
  const lake = resolve(options.lake)
  const own = join(lake, '.tmp', `run-${process.pid}-${randomUUID()}`)
  const environment = options.environment ?? process.env
  const secret = async (name: string) => environment[name]
  const files = filesIn(own)
  return {
    name: 'local',
    store: localStore(lake, files.scratch),
    log: options.log ?? silent,
    progress: options.progress ?? still,
    now: options.now ?? (() => new Date()),
    fetch: options.fetch ?? httpClient(secret),
    secret,
    ...files,
    publishFile: async (scratchPath, name) => {
      const target = join(lake, name)
      await rename(scratchPath, target)
      return target
    },
    freeBytes: async () => {
      await mkdir(lake, { recursive: true })
      const disk = await statfs(lake)
      return disk.bavail * disk.bsize
    },
    close: async () => {
      await rm(own, { recursive: true, force: true })
      await removeAbandoned(join(lake, '.tmp'))
    },
  }
}

/** What a killed run left behind is removed by a later one, a day after. */
const removeAbandoned = async (folder: string) => {
  const entries = await readdir(folder).catch(() => [])
  for (const entry of entries) {
    const path = join(folder, entry)
    const found = await stat(path).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > abandonedAfterMs) await rm(path, { recursive: true, force: true })
  }
}
