/** Questions that are answered elsewhere: some are asked before their answers are needed. */

export interface Begun<T> {
  /** The next answer, in the order of the questions. */
  next(): Promise<T>
  /** Waits for the questions that were asked, and gives away the answers that nobody took. */
  end(unused: (answer: T) => Promise<void>): Promise<void>
}

export const begunInAdvance = <T>(questions: readonly (() => Promise<T>)[], atOnce: number): Begun<T> => {
  const waiting = [...questions]
  const asked: Promise<T>[] = []
  const ask = () => {
    while (asked.length < atOnce && waiting.length > 0) {
      const answer = waiting.shift()!()
      // An answer that fails is reported when it is taken.
      answer.catch(() => {})
      asked.push(answer)
    }
  }
  ask()
  return {
    next: async () => {
      const answer = await asked.shift()!
      ask()
      return answer
    },
    end: async (unused) => {
      waiting.length = 0
      for (const each of await Promise.allSettled(asked.splice(0)))
        if (each.status === 'fulfilled') await unused(each.value)
    },
  }
}
