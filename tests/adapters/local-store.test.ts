/** The store of a folder: compare-and-swap holds when a writer is paused or killed before any of its file operations. */
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'
import { localPlatform } from '../../adapters/local.ts'
import { ConflictError } from '../../core/errors.ts'
import { increment, interruptedKey as key, numberIn } from '../support/increment.ts'
import { newFolder } from '../support/lake.ts'

/** Bundled, so that each of many processes starts at once. */
const program = join(mkdtempSync(join(tmpdir(), 'precursor-test-')), 'writer.mjs')
buildSync({
  entryPoints: [fileURLToPath(new URL('../support/interrupted-writer.ts', import.meta.url))],
  outfile: program,
  bundle: true,
  platform: 'node',
  format: 'esm',
  banner: { js: "import{createRequire as __c}from'node:module';const require=__c(import.meta.url);" },
})
afterAll(() => rmSync(dirname(program), { recursive: true }))
const text = (value: string) => Buffer.from(value)

/** More writes than the store keeps claims of, so that the claims that the writer has read are removed. */
const writesMeanwhile = 10
const mostOperations = 60

/** Runs the writer, and `meanwhile` whenever it is interrupted. Returns how often that was. */
const interrupted = async (
  base: string,
  how: 'stop' | 'kill' | 'fail' | 'report',
  first: number,
  meanwhile: (k: number) => Promise<void>,
): Promise<number> => {
  const child = spawn(process.execPath, [program, base, how, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let count = 0
  let resume: NodeJS.Timeout | undefined
  for await (const line of createInterface({ input: child.stdout })) {
    clearInterval(resume)
    const [word, k] = line.split(' ')
    if (word !== 'at') continue
    count += 1
    await meanwhile(Number(k))
    // Again and again, because the signal has no effect on a process that has not stopped yet.
    if (how === 'stop') resume = setInterval(() => child.kill('SIGCONT'), 20)
  }
  clearInterval(resume)
  return count
}

const present = (base: string, start: number | undefined) => {
  for (let k = 1; k <= mostOperations; k++) {
    const path = join(base, String(k), key)
    mkdirSync(join(base, String(k)))
    if (start === undefined) continue
    // Without a claim, as an earlier version wrote it.
    mkdirSync(dirname(path))
    writeFileSync(path, String(start))
  }
}

describe.each([
  ['an object that is there', 5],
  ['an object that is not there', undefined],
])('%s', (_, start) => {
  it('has the increments of a writer that was paused, and of those that wrote meanwhile', async () => {
    const base = newFolder()
    present(base, start)
    const open = (k: number) => localPlatform({ lake: join(base, String(k)) })
    const count = await interrupted(base, 'stop', 1, async (k) => {
      const { store, close } = open(k)
      for (let i = 0; i < writesMeanwhile; i++) await increment(store, key)
      await close()
    })
    expect(count).toBeGreaterThan(15)
    for (let k = 1; k <= count; k++) {
      expect(await numberIn(open(k).store, key), `paused before operation ${k}`).toBe(
        (start ?? 0) + writesMeanwhile + 1,
      )
      expect(await open(k).store.inspect(key)).toEqual({ state: 'intact' })
    }
  })
})

describe.each([
  ['an operation that fails', 'fail'],
  ['an operation that is done and reports an error', 'report'],
] as const)('%s', (_, how) => {
  it.each([5, undefined])(
    'ends a write that is then done or not, and the next write finds nothing damaged (it was %s)',
    async (start) => {
      const base = newFolder()
      present(base, start)
      const before = start ?? 0
      const count = await interrupted(base, how, 1, async () => {})
      expect(count).toBeGreaterThan(15)
      const seen = new Set<number>()
      for (let k = 1; k <= count; k++) {
        const { store, close } = localPlatform({ lake: join(base, String(k)) })
        const where = `error at operation ${k}`
        const keys = (await store.list(dirname(key))).map((each) => each.key)
        expect(keys, where).toEqual(expect.arrayContaining(await store.written(dirname(key))))
        expect(await store.missing(dirname(key)), where).toEqual([])
        expect((await store.inspect(key)).state, where).toMatch(/intact|unrecorded/)
        expect([before, before + 1], where).toContain(await numberIn(store, key))
        await increment(store, key)
        const after = await numberIn(store, key)
        expect([before + 1, before + 2], where).toContain(after)
        seen.add(after)
        expect(await store.inspect(key), where).toEqual({ state: 'intact' })
        await close()
      }
      expect([...seen].sort()).toEqual([before + 1, before + 2])
    },
  )
})

describe('a writer that is killed', () => {
  it('before any of its operations has written or not, and stops nobody', async () => {
    const base = newFolder()
    present(base, 5)
    const open = (k: number) => localPlatform({ lake: join(base, String(k)) })
    const seen = new Set<number>()
    for (let k = 1, count = 1; count > 0; k++) {
      count = await interrupted(base, 'kill', k, async () => {})
      if (count === 0) break
      const { store, close } = open(k)
      expect([5, 6]).toContain(await numberIn(store, key))
      await increment(store, key)
      const after = await numberIn(store, key)
      expect([6, 7], `killed before operation ${k}`).toContain(after)
      seen.add(after)
      expect(await store.inspect(key)).toEqual({ state: 'intact' })
      await close()
    }
    expect([...seen].sort()).toEqual([6, 7])
  })
})

describe('a damaged object', () => {
  it('is found, also by who wants to replace it, and a new write repairs it', async () => {
    const folder = newFolder()
    const { store } = localPlatform({ lake: folder })
    await store.put('silver/a', text('right'), 'absent')
    writeFileSync(join(folder, 'silver/a'), 'wrong')
    expect(await store.inspect('silver/a')).toMatchObject({
      state: 'damaged',
      damage: expect.stringContaining('SHA-256'),
    })
    const read = (await store.snapshot('silver/a'))!
    expect(read.damage).toContain('SHA-256')
    await store.put('silver/a', text('new'), { etag: read.etag })
    expect(await store.inspect('silver/a')).toEqual({ state: 'intact' })
    expect((await store.snapshot('silver/a'))!.damage).toBeUndefined()
  })

  it('that is gone is missing, and can be written again', async () => {
    const folder = newFolder()
    const { store } = localPlatform({ lake: folder })
    await store.put('silver/a', text('one'), 'absent')
    rmSync(join(folder, 'silver/a'))
    expect(await store.inspect('silver/a')).toEqual({ state: 'missing' })
    expect(await store.written('silver')).toEqual(['silver/a'])
    for (const prefix of ['silver', 'silver/', 'silver/a', ''])
      expect(await store.missing(prefix), prefix).toEqual(['silver/a'])
    expect(await store.missing('mart')).toEqual([])
    await store.put('silver/a', text('two'), 'absent')
    expect(await store.missing('silver')).toEqual([])
    expect(await store.inspect('silver/a')).toEqual({ state: 'intact' })
  })

  it('of an earlier version has no record, until it is written again', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'silver'))
    writeFileSync(join(folder, 'silver/a'), 'old')
    const { store } = localPlatform({ lake: folder })
    expect(await store.inspect('silver/a')).toEqual({ state: 'unrecorded' })
    await store.put('silver/a', text('new'), { etag: (await store.snapshot('silver/a'))!.etag })
    expect(await store.inspect('silver/a')).toEqual({ state: 'intact' })
  })
})

describe('a folder that many writers use', () => {
  it('holds a bounded number of claims, and no other leftovers', async () => {
    const folder = newFolder()
    const { store, close } = localPlatform({ lake: folder })
    for (let i = 0; i < 30; i++) await increment(store, 'state/n')
    await close()
    expect(readdirSync(join(folder, '.writes/state/n')).length).toBeLessThan(10)
    expect(readdirSync(join(folder, '.tmp'))).toEqual([])
  })

  it('refuses the state of another object, and of an earlier copy of the folder', async () => {
    const folder = newFolder()
    const { store } = localPlatform({ lake: folder })
    await store.put('a', text('a'), 'absent')
    await store.put('b', text('b'), 'absent')
    const { etag } = (await store.snapshot('a'))!
    await expect(store.put('b', text('c'), { etag })).rejects.toThrow(ConflictError)
    const copy = newFolder()
    cpSync(folder, copy, { recursive: true })
    const other = localPlatform({ lake: copy }).store
    await other.put('a', text('x'), { etag })
    await expect(other.put('a', text('y'), { etag })).rejects.toThrow(ConflictError)
  })
})
