/** Files that are compared and hashed in blocks. */
import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isSameFile, sha256OfFile } from '../../adapters/durable.ts'

const folder = mkdtempSync(join(tmpdir(), 'precursor-test-'))
const block = 1 << 20
const bytes = (length: number) => Buffer.alloc(length, 'abcdefg')
const fileOf = (name: string, body: Uint8Array) => {
  const path = join(folder, name)
  writeFileSync(path, body)
  return path
}

describe.each([0, 1, 5000, block - 1, block, block + 1, 3 * block])('a file of %i bytes', (length) => {
  const body = bytes(length)
  const path = fileOf(`one-${length}`, body)

  it('has the hash of its bytes', async () => {
    expect(await sha256OfFile(path)).toBe(createHash('sha256').update(body).digest('hex'))
  })

  it('is the same as its copy, and not as a longer one', async () => {
    expect(await isSameFile(path, fileOf('copy', body))).toBe(true)
    expect(await isSameFile(path, fileOf('longer', bytes(length + 1)))).toBe(false)
  })

  it('differs from one with another last byte', async () => {
    const longer = bytes(length + 1)
    const other = Buffer.from(longer)
    other[length]! ^= 1
    expect(await isSameFile(fileOf('longer', longer), fileOf('other', other))).toBe(false)
  })
})

it('a file that is missing has no hash', async () => {
  expect(await sha256OfFile(join(folder, 'missing'))).toBeUndefined()
})
