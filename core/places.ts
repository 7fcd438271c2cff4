/** Places for work that runs side by side. */

interface Wish {
  /** Whether the work takes all places, so that nothing runs beside it. */
  readonly isAlone: boolean
  /** Work with a lower rank starts first. */
  readonly rank: number
}

/** Starts each piece of work when a place is free, in the order of the ranks, and gives its result. */
export const placesFor = (count: number) => {
  let free = count
  const waiting: { readonly taken: number; readonly rank: number; readonly start: () => void }[] = []
  const startNext = () => {
    waiting.sort((a, b) => a.rank - b.rank)
    for (let next = waiting[0]; next && next.taken <= free; next = waiting[0]) {
      waiting.shift()
      free -= next.taken
      next.start()
    }
  }
  return async <T>({ isAlone, rank }: Wish, work: () => Promise<T>): Promise<T> => {
    const taken = isAlone ? count : 1
    await new Promise<void>((start) => {
      waiting.push({ taken, rank, start })
      startNext()
    })
    try {
      return await work()
    } finally {
      free += taken
      startNext()
    }
  }
}
