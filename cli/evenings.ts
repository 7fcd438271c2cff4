/** The schedule in a process of its own: `precursor schedule once` and `precursor schedule follow`. */
import { join } from 'node:path'
import { appendBounded } from '../adapters/bounded-log.ts'
import { startChild } from '../adapters/child.ts'
import { now, waitUntil } from '../adapters/clock.ts'
import { nextEvening } from '../calendar/evenings.ts'
import { newYorkTime } from '../calendar/sessions.ts'
import { missedEvenings, type Scheduled, wordsOf } from '../core/schedule.ts'
import { exitCodes } from './exit-codes.ts'
import { say } from './output.ts'
import { onStop } from './stop.ts'

const logName = 'precursor-schedule.log'

/** Runs what is missing, and adds what it prints to the log in the working folder. */
export const runOnce = async (scheduled: Scheduled): Promise<number> => {
  let output = ''
  const take = (text: string) => {
    output += text
  }
  const child = startChild(wordsOf(scheduled, missedEvenings), { folder: scheduled.folder, take })
  onStop(() => child.stop())
  const code = await child.ended
  const at = now().toISOString()
  const lines = output.split('\n').filter(Boolean)
  const text = lines.map((line) => `${at} ${line}\n`).join('')
  if (text) await appendBounded(join(scheduled.folder, logName), text)
  return code
}

const hour = 3_600_000

/**
 * Runs the evenings that are missing, and then each evening when it begins. If one failed, the next attempt is an hour later; an evening
 * for which a source landed rows is not run again. It ends when it is stopped.
 */
export const followEvenings = async (scheduled: Scheduled): Promise<number> => {
  const stopping = new AbortController()
  let stopChild = () => {}
  onStop(() => {
    stopping.abort()
    stopChild()
  })
  while (!stopping.signal.aborted) {
    const child = startChild(wordsOf(scheduled, missedEvenings), { folder: scheduled.folder })
    stopChild = child.stop
    const code = await child.ended
    if (stopping.signal.aborted) break
    const evening = nextEvening(now())
    if (!evening) return exitCodes.failed
    const again = new Date(now().getTime() + hour)
    const next = code === exitCodes.failed && again < evening ? again : evening
    say(`next: ${newYorkTime(next)} New York\n`)
    await waitUntil(next, stopping.signal)
  }
  return exitCodes.stopped
}
