/**
 * A process that increments the number in an object and is interrupted at one of its file operations. It prints `at <k>`
 * there. Arguments: folder, the kind of interruption, and the first k. In the folder `<k>` it is interrupted at its k-th
 * operation: it is stopped (`stop`) or killed (`kill`) before it, or the operation ends with an I/O error, either undone
 * (`fail`) or done all the same (`report`).
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { localPlatform } from '../../adapters/local.ts'
import { increment, interruptedKey } from './increment.ts'

const [base = '', how = 'stop', first = '1'] = process.argv.slice(2)
let calls = 0
let interruptAt = 0

class DiskError extends Error {
  readonly code = 'EIO'
}

type Operation = (...args: unknown[]) => Promise<unknown>

const counted = async (work: () => Promise<unknown>): Promise<unknown> => {
  calls += 1
  if (calls !== interruptAt) return work()
  fs.writeSync(1, `at ${interruptAt}\n`)
  if (how === 'report') await ((await work()) as { close?: () => Promise<void> } | undefined)?.close?.()
  if (how === 'report' || how === 'fail') throw new DiskError(`operation ${calls} failed`)
  process.kill(process.pid, how === 'kill' ? 'SIGKILL' : 'SIGSTOP')
  return work()
}

const operations = fs.promises as unknown as Record<string, Operation>
for (const name of ['mkdir', 'open', 'link', 'rename', 'rm', 'stat', 'readdir', 'readFile']) {
  const original = operations[name]!.bind(fs.promises)
  operations[name] = async (...args) => {
    const result = await counted(() => original(...args))
    if (name !== 'open') return result
    const file = result as { sync: Operation; writeFile: Operation }
    for (const method of ['sync', 'writeFile'] as const) {
      const bound = file[method].bind(file)
      file[method] = (...given) => counted(() => bound(...given))
    }
    return file
  }
}
syncBuiltinESMExports()

for (let k = Number(first); ; k++) {
  const { store, close } = localPlatform({ lake: join(base, String(k)) })
  calls = 0
  interruptAt = k
  await increment(store, interruptedKey).catch((error: unknown) => {
    if (!(error instanceof DiskError)) throw error
  })
  interruptAt = 0
  fs.writeSync(1, `done ${k}\n`)
  await close()
  if (calls < k) break
}
