/**
 * Finds out whether there is a network, without asking every host for it. Until one host has answered, a few are tried at a time; if
 * none of the first is reached, the others are not tried. Each would take ten seconds or more if the resolver does not answer.
 */

/** Hosts that are tried at the same time until one answers. The resolver of the system has four threads. */
const atOnce = 3
/** If so many hosts were tried and none of them answered, the machine has no network. */
const enough = 2 * atOnce

export interface Reachability {
  /** Waits until the host may be tried. Returns false if the machine has no network. */
  mayTry(host: string): Promise<boolean>
  /** The host answered. */
  answered(): void
  /** The request has ended: the host was not reached, or it is not known whether it was. */
  ended(host: string, isUnreached: boolean): void
}

export const reachability = (): Reachability => {
  let isReached = false
  const trying = new Set<string>()
  const unreached = new Set<string>()
  let waiting: (() => void)[] = []
  const wake = () => {
    const woken = waiting
    waiting = []
    for (const each of woken) each()
  }
  return {
    mayTry: async (host) => {
      for (;;) {
        if (isReached || trying.has(host)) return true
        if (unreached.size >= enough) return false
        if (trying.size < atOnce && trying.size + unreached.size < enough) {
          trying.add(host)
          return true
        }
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
    answered: () => {
      isReached = true
      wake()
    },
    ended: (host, isUnreached) => {
      trying.delete(host)
      if (isUnreached) unreached.add(host)
      wake()
    },
  }
}
