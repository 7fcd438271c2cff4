/**
 * A process that increments the number in an object and is interrupted before one of its file operations. It prints
 * `at <k>` there, and then stops or kills itself. Arguments: folder, `stop` or `kill`, and the first k. In the folder `<k>`
 * it is interrupted before its k-th operation.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { localPlatform } from '../../adapters/local.ts'
import { increment } from './increment.ts'

const [base = '', how = 'stop', first = '1'] = process.argv.slice(2)
let calls = 0
let interruptAt = 0

const counted = (): void => {
  calls += 1
  if (calls !== interruptAt) return
  fs.writeSync(1, `at ${interruptAt}\n`)
  process.kill(process.pid, how === 'kill' ? 'SIGKILL' : 'SIGSTOP')
}

type Operation = (...args: unknown[]) => Promise<unknown>
const operations = fs.promises as unknown as Record<string, Operation>
for (const name of ['mkdir', 'open', 'link', 'rename', 'rm', 'stat', 'readdir', 'readFile']) {
  const original = operations[name]!.bind(fs.promises)
  operations[name] = async (...args) => {
    counted()
    const result = await original(...args)
    if (name !== 'open') return result
    const file = result as { sync: Operation; writeFile: Operation }
    for (const method of ['sync', 'writeFile'] as const) {
      const bound = file[method].bind(file)
      file[method] = async (...given) => {
        counted()
        return bound(...given)
      }
    }
    return file
  }
}
syncBuiltinESMExports()

for (let k = Number(first); ; k++) {
  const { store, close } = localPlatform({ lake: join(base, String(k)) })
  calls = 0
  interruptAt = k
  await increment(store, 'n')
  interruptAt = 0
  fs.writeSync(1, `done ${k}\n`)
  await close()
  if (calls < k) break
}
