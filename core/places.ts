/** Places for work that runs side by side. */

interface Wish {
  /** Whether the work takes all places, so that nothing runs beside it. */
  readonly isAlone: boolean
  /** Work with a lower rank starts first. */
  readonly rank: number
  /** Work that starts only when no other work of this name runs. Later work may start before it then. */
  readonly oneOf?: string
}

/** Starts each piece of work when a place is free, in the order of the ranks, and gives its result. */
export const placesFor = (count: number) => {
  let free = count
  const waiting: (Wish & { readonly taken: number; readonly start: () => void })[] = []
  const running = new Set<string | undefined>()
  const first = () => waiting.findIndex(({ oneOf }) => oneOf === undefined || !running.has(oneOf))
  const startNext = () => {
    waiting.sort((a, b) => a.rank - b.rank)
    for (let at = first(); at >= 0 && waiting[at]!.taken <= free; at = first()) {
      const [next] = waiting.splice(at, 1)
      free -= next!.taken
      running.add(next!.oneOf)
      next!.start()
    }
  }
  return async <T>(wish: Wish, work: () => Promise<T>): Promise<T> => {
    const taken = wish.isAlone ? count : 1
    await new Promise<void>((start) => {
      waiting.push({ ...wish, taken, start })
      startNext()
    })
    try {
      return await work()
    } finally {
      free += taken
      running.delete(wish.oneOf)
      startNext()
    }
  }
}

/** As `Promise.all`, which fails while other work still goes on. */
export const allOf = async <T>(work: readonly Promise<T>[]): Promise<T[]> => {
  await Promise.allSettled(work)
  return Promise.all(work)
}
