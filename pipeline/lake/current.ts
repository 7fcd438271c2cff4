/** Functions that work on the objects stored now. Nothing else calls `lake.refresh()`. */
import type { Relation } from '../../schemas/view.ts'
import type { Lake } from './lake.ts'

type OnLake<Given extends readonly unknown[], Result> = (lake: Lake, ...given: Given) => Promise<Result>

/** Refreshes the lake, then does the work. For functions that query the lake. */
export const reading =
  <Given extends readonly unknown[], Result>(work: OnLake<Given, Result>): OnLake<Given, Result> =>
  async (lake, ...given) => {
    await lake.refresh()
    return work(lake, ...given)
  }

/** Refreshes the lake, for work that follows and queries it. */
export const refreshed = reading(async () => {})

/** As `reading`, for functions that ask many questions about the relations. */
export const readingOften =
  (relations: readonly Relation[]) =>
  <Given extends readonly unknown[], Result>(work: OnLake<Given, Result>): OnLake<Given, Result> =>
    reading(async (lake, ...given: Given) => {
      await lake.hold(relations)
      return work(lake, ...given)
    })

/** Refreshes the lake before and after the work. For functions that query the lake and write objects. */
export const updating =
  <Given extends readonly unknown[], Result>(work: OnLake<Given, Result>): OnLake<Given, Result> =>
  async (lake, ...given) => {
    const result = await reading(work)(lake, ...given)
    await lake.refresh()
    return result
  }
