/** Errors of the operating system are printed in words, with their path and code. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { localPlatform } from '../../adapters/local.ts'
import { messageOf } from '../../core/errors.ts'
import { newFolder } from '../support/lake.ts'

const messageFrom = (work: Promise<unknown>): Promise<string> => work.then(() => 'no error', messageOf)

describe('the message', () => {
  it('of a missing file, a folder and a full disk says what is wrong', async () => {
    const folder = newFolder()
    expect(await messageFrom(readFile(join(folder, 'x')))).toBe(
      `${join(folder, 'x')}: there is no such file or folder (ENOENT)`,
    )
    expect(await messageFrom(writeFile(folder, 'x'))).toBe(`${folder}: it is a folder, and a file is needed (EISDIR)`)
    expect(messageOf(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write', path: '/lake/x' }))).toBe(
      '/lake/x: the disk is full (ENOSPC)',
    )
  })

  it('of an error with another code is its own', () => {
    expect(messageOf(Object.assign(new Error('what happened'), { code: 'E_OTHER', syscall: 'x' }))).toBe(
      'what happened',
    )
  })
})

describe('a folder where an object should be', () => {
  const key = 'silver/daily_bars/year=2025/data.parquet'

  it('is named by every read and write of the object', async () => {
    const lake = newFolder()
    const { store, close } = localPlatform({ lake, environment: {} })
    await store.put(key, Buffer.from('x'), 'absent')
    const { etag } = (await store.snapshot(key))!
    rmSync(join(lake, key))
    mkdirSync(join(lake, key))
    const message = `${join(lake, key)}: it is a folder, and a file is needed (EISDIR)`
    expect(await messageFrom(store.snapshot(key))).toBe(message)
    expect(await messageFrom(store.get(key))).toBe(message)
    expect(await messageFrom(store.inspect(key))).toBe(message)
    expect(await messageFrom(store.put(key, Buffer.from('y'), { etag }))).toBe(message)
    await close()
  })

  it('and a file where a folder should be is named too', async () => {
    const lake = newFolder()
    const { store, close } = localPlatform({ lake, environment: {} })
    writeFileSync(join(lake, 'silver'), '')
    expect(await messageFrom(store.put(key, Buffer.from('x'), 'absent'))).toContain(
      `${join(lake, dirname(dirname(dirname(key))))}`,
    )
    await close()
  })
})
