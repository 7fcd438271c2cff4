/** The local platform: a folder, this machine's clock, the environment for keys. */
import { randomUUID } from 'node:crypto'
import { readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HttpRequest, HttpResponse, Logger, Platform, Progress } from '../core/platform.ts'
import { httpClient } from './http.ts'
import { isWritable, lakePath, nearestFolder } from './local-folder.ts'
import { localStore } from './local-store.ts'
import { filesIn, silent, still } from './machine.ts'
import { acceptSecret } from './secret.ts'

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
  const lake = lakePath(options.lake)
  const run = `run-${process.pid}-${randomUUID()}`
  // Temporary files lie in the lake, so that they can be renamed into it; elsewhere if it cannot be written.
  const [inside, beside] = [join(lake, '.tmp', run), join(tmpdir(), `precursor-${run}`)]
  const environment = options.environment ?? process.env
  const secret = async (name: string) => acceptSecret(name, environment[name])
  const files = filesIn(async () => ((await isWritable(lake)) ? inside : beside))
  let isClosed = false
  const making = new Set<Promise<string>>()
  /** After the end no temporary file is made: it would outlive the run. */
  const scratch = (name: string): Promise<string> => {
    if (isClosed) return Promise.reject(new Error(`the lake ${lake} was closed before its work was done`))
    const made = files.scratch(name).finally(() => making.delete(made))
    making.add(made)
    return made
  }
  return {
    name: 'local',
    store: localStore(lake, scratch),
    log: options.log ?? silent,
    progress: options.progress ?? still,
    now: options.now ?? (() => new Date()),
    fetch: options.fetch ?? httpClient(secret),
    secret,
    ...files,
    scratch,
    publishFile: async (scratchPath, name) => {
      const target = join(lake, name)
      await rename(scratchPath, target)
      return target
    },
    freeBytes: async () => {
      const disk = await statfs(await nearestFolder(lake))
      return disk.bavail * disk.bsize
    },
    close: async () => {
      isClosed = true
      await Promise.allSettled(making)
      // Work that was stopped may still write into the folder.
      for (const folder of [inside, beside]) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
      if (await isWritable(lake)) await removeAbandoned(join(lake, '.tmp'))
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
