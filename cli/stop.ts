/** The end of this process that a user or a scheduler asks for: Ctrl-C or SIGTERM. */
const signals = ['SIGINT', 'SIGTERM'] as const

/** Calls `stop` once if this happens. Returns what takes that back. */
export const onStop = (stop: () => void): (() => void) => {
  for (const signal of signals) process.once(signal, stop)
  return () => {
    for (const signal of signals) process.off(signal, stop)
  }
}

export const untilStopped = (): Promise<void> => new Promise((resolve) => void onStop(resolve))
