/**
 * Which work of the computations runs when. Some spans are in memory at once, so that one is computed while another is written. Statements and
 * code share the cores.
 */
import { areMany, type Engine } from '../../core/engine.ts'
import { placesFor } from '../../core/places.ts'

/**
 * How rows are computed. `statement`: by one statement, which can use all cores. `code`: by code on the only thread that runs code.
 * `parts`: by statements on one core each, while they are written.
 */
export type Means = 'statement' | 'code' | 'parts'

/** `all-if-free`: all cores if no other work runs or waits, and otherwise one. */
type Cores = 'one' | 'all' | 'all-if-free'

export interface Places {
  /**
   * Makes a span when there is room for its rows, beside others, or alone because it may need all memory of the engine. The work calls
   * `leave` when its rows are in files, so that the next span is made. If another writer is faster, the work makes its rows again without
   * waiting for room. Of spans that are made by code, one is made at a time.
   */
  readonly ofSpan: <T>(
    how: { isAlone?: boolean; isCode?: boolean },
    work: (leave: () => void) => Promise<T>,
  ) => Promise<T>
  /** Does the work when so many cores are free. */
  readonly ofCores: <T>(cores: Cores, work: () => Promise<T>) => Promise<T>
  /** The engine, where each of the statements that run side by side waits for a core. */
  readonly engineOn: (engine: Engine) => Engine
}

/** Each needs its share of the memory of the engine. */
const madeAtOnce = 3
/** Those that are made, and those whose files become objects. */
const inFlight = 5

/** The places for computations on an engine. Work with a lower rank comes first. Ranks are whole numbers. */
export const placesOf = ({ cores, onOneThread }: Engine): ((rank: number) => Places) => {
  const [made, spans, places] = [placesFor(madeAtOnce), placesFor(inFlight), placesFor(cores)]
  /** How many pieces of work run on the cores or wait for them. */
  let wishes = 0
  const place = async <T>(isAlone: boolean, rank: number, work: () => Promise<T>): Promise<T> => {
    wishes++
    return places({ isAlone, rank }, work).finally(() => wishes--)
  }
  return (rank) => {
    /** Work that has begun comes before other work of the same rank. */
    const inPlaces = <S, T>(each: readonly S[], work: (one: S) => Promise<T>) =>
      Promise.all(each.map((one) => place(false, rank - 0.5, () => work(one))))
    return {
      ofSpan: async <T>(
        { isAlone = false, isCode = false }: { isAlone?: boolean; isCode?: boolean },
        work: (leave: () => void) => Promise<T>,
      ) => {
        let result: Promise<T> | undefined
        const make = () =>
          new Promise<void>((leave) => {
            result = spans({ isAlone: false, rank }, () => work(leave))
            result.then(
              () => leave(),
              () => leave(),
            )
          })
        await made({ isAlone, rank, ...(isCode ? { oneOf: 'code' } : {}) }, make)
        return result!
      },
      ofCores: (wanted, work) => {
        const isAll = wanted === 'all' || (wanted === 'all-if-free' && wishes === 0)
        return place(isAll, rank, () => (isAll ? work() : onOneThread(work)))
      },
      engineOn: (engine) => ({
        ...engine,
        runAll: async (statements) => {
          const isMany = areMany(statements, cores)
          await inPlaces(statements, async (one) => {
            await (isMany ? engine.oneThreadEach([one]) : engine.runAll([one]))
          })
        },
        oneThreadEach: async (statements) => (await inPlaces(statements, (one) => engine.oneThreadEach([one]))).flat(),
      }),
    }
  }
}
