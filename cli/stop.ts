/** The end of this process that a user or a scheduler asks for: Ctrl-C or SIGTERM. */
const signals = ['SIGINT', 'SIGTERM'] as const

/** Calls `stop` once if this happens, also if a second signal comes while it ends. Returns what takes that back. */
export const onStop = (stop: () => void): (() => void) => {
  let isStopping = false
  const stopOnce = () => {
    if (!isStopping) stop()
    isStopping = true
  }
  for (const signal of signals) process.on(signal, stopOnce)
  return () => {
    for (const signal of signals) process.off(signal, stopOnce)
  }
}

export const untilStopped = (): Promise<void> => new Promise((resolve) => void onStop(resolve))
