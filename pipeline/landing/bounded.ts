/** Work with a deadline: a payload can neither keep the evening waiting nor end it. */

import { setTimeout } from 'node:timers/promises'
import { createContext, Script } from 'node:vm'
import { ContractError } from '../../core/errors.ts'

const call = new Script('work()')
/** One for all payloads: making one takes longer than the decoding of a small payload. */
const sandbox = createContext({})

/**
 * Does the work, or fails with a ContractError after so many seconds. Synchronous work is interrupted: the engine of
 * JavaScript stops a script at its time limit, with all that it called. A promise that never settles is left behind.
 */
export const withinSeconds = async <T>(seconds: number, subject: string, work: () => T | Promise<T>): Promise<T> => {
  const late = () => new ContractError(`${subject}: decoding was given up after ${seconds} seconds`)
  const milliseconds = Math.max(1, Math.round(seconds * 1000))
  let begun: T | Promise<T> | undefined
  sandbox.work = () => {
    begun = work()
  }
  try {
    call.runInContext(sandbox, { timeout: milliseconds })
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? late() : error
  }
  const ended = new AbortController()
  // The timer also keeps the process alive; without it a promise that never settles would end the process with code 0.
  const deadline = setTimeout(milliseconds, undefined, { signal: ended.signal }).then(() => {
    throw late()
  })
  try {
    return await Promise.race([begun as T | Promise<T>, deadline])
  } finally {
    ended.abort()
  }
}
