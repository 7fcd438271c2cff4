/** The end of this process that a user or a scheduler asks for: Ctrl-C or SIGTERM. */
import { exitCodes } from './exit-codes.ts'

const signals = ['SIGINT', 'SIGTERM'] as const

/**
 * Calls `stop` once if this happens. Returns what takes that back. The same signal again ends the process at once; the other one does
 * not, since a terminal and a parent may both send theirs.
 */
export const onStop = (stop: () => void): (() => void) => {
  const received = new Set<string>()
  const take = (signal: string) => {
    if (received.has(signal)) process.exit(exitCodes.stopped)
    received.add(signal)
    if (received.size === 1) stop()
  }
  for (const signal of signals) process.on(signal, take)
  return () => {
    for (const signal of signals) process.off(signal, take)
  }
}

export const untilStopped = (): Promise<void> => new Promise((resolve) => void onStop(resolve))
