/** The clock of this machine, for work that waits. */
import { setTimeout } from 'node:timers/promises'

const minute = 60_000

export const now = (): Date => new Date()

/** Waits for an instant, or until the signal. A machine that slept or whose clock was set notices within a minute. */
export const waitUntil = async (instant: Date, signal: AbortSignal): Promise<void> => {
  const left = () => instant.getTime() - now().getTime()
  while (left() > 0 && !signal.aborted)
    await setTimeout(Math.min(minute, left()), undefined, { signal }).catch(() => undefined)
}
