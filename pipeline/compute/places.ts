/**
 * Which work of the computations runs when. Some spans are in memory at once: one is computed while another is written. Their statements, and
 * code that computes, share the cores.
 */
import type { Engine } from '../../core/engine.ts'
import { placesFor } from '../../core/places.ts'

export interface Places {
  /** Does the work on a span when there is room for its rows, beside other spans, or alone because it may need all memory of the engine. */
  readonly ofSpan: <T>(isAlone: boolean, work: () => Promise<T>) => Promise<T>
  /** Does the work when one core is free, or all. */
  readonly ofCores: <T>(isAll: boolean, work: () => Promise<T>) => Promise<T>
  /** The engine, where each of the statements that run side by side waits for a core. They come before work that has not begun. */
  readonly engineOn: (engine: Engine) => Engine
}

/** Each needs its share of the memory of the engine. */
const spansAtOnce = 3

/** Ranks differ by less. */
const begun = -1_000_000

/** The places for computations on an engine. Work with a lower rank comes first. */
export const placesOf = ({ cores, onOneThread }: Engine): ((rank: number) => Places) => {
  const [spans, places] = [placesFor(spansAtOnce), placesFor(cores)]
  const inPlaces = <S, T>(each: readonly S[], work: (one: S) => Promise<T>) =>
    Promise.all(each.map((one) => places({ isAlone: false, rank: begun }, () => work(one))))
  return (rank) => ({
    ofSpan: (isAlone, work) => spans({ isAlone, rank }, work),
    ofCores: (isAll, work) => places({ isAlone: isAll, rank }, () => (isAll ? work() : onOneThread(work))),
    engineOn: (engine) => ({
      ...engine,
      runAll: async (statements) => {
        const isMany = statements.length >= 2 * cores
        await inPlaces(statements, async (one) => {
          await (isMany ? engine.oneThreadEach([one]) : engine.runAll([one]))
        })
      },
      oneThreadEach: async (statements) => (await inPlaces(statements, (one) => engine.oneThreadEach([one]))).flat(),
    }),
  })
}
