/** Writers over one folder, each with a lake of its own that stays open from one order of calls to the next. */
import { localPlatform } from '../../adapters/local.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { ObjectStore, Platform } from '../../core/platform.ts'
import { importBodies } from '../../pipeline/ingest/import-files.ts'
import { rebuild } from '../../pipeline/ingest/rebuild.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { openPart } from '../../pipeline/lake/open.ts'
import { importDecoder } from '../../pipeline/landing/import.ts'
import { landAll } from '../../pipeline/landing/land.ts'
import { dailyBars } from '../../schemas/tables/daily_bars.ts'
import { payloads } from '../../schemas/tables/payloads.ts'
import { rejectedRows } from '../../schemas/tables/rejected_rows.ts'
import { hashes, newFolderInMemory, restore, sampleUniverse } from '../support/lake.ts'
import { type Choice, follow } from './orders.ts'
import { type Call, Turns } from './turns.ts'

/** What a writer does with its lake. */
export type Work = (lake: Lake) => Promise<readonly Outcome[]>

/** Imports two bars of a symbol into one table and year. */
export const importOf =
  (symbol: string): Work =>
  async (lake) => [
    await importBodies(
      lake,
      'daily_bars',
      [
        {
          name: `${symbol}.csv`,
          body: Buffer.from(
            `symbol,session,open,high,low,close,volume\n${symbol},2025-11-19,1,2,1,2,10\n${symbol},2025-11-20,2,3,2,3,10\n`,
          ),
        },
      ],
      { source: `desk_${symbol}` },
    ),
  ]

/** Derives all imports anew from bronze, as `rebuild` does after it has written the calendar. */
export const rederive: Work = async (lake) => {
  await landAll(lake, importDecoder)
  return []
}

export const rebuildImports: Work = (lake) => rebuild(lake, ['import'])

export interface Seen {
  /** The store calls in their order; nothing where the order was given up. */
  readonly calls: readonly Call[] | undefined
  readonly outcomes: readonly Outcome[]
  readonly rows: readonly unknown[]
  readonly ledger: readonly unknown[]
  readonly hashes: Readonly<Record<string, string>>
}

const relations = [dailyBars, payloads, rejectedRows]

/** Each writer has a clock of its own, so that the same work leaves the same bytes whatever the order. */
const clockOf = (writer: number) => () => new Date(Date.UTC(2025, 10, 21, 15, 0, writer))

export const openWriters = async (count: number) => {
  const folder = newFolderInMemory()
  const stores: ObjectStore[] = []
  const lakes: Lake[] = []
  for (let writer = 0; writer < count; writer++) {
    const platform = localPlatform({ lake: folder, now: clockOf(writer), environment: {} })
    stores.push(platform.store)
    lakes.push(await openPart(platform, sampleUniverse, relations, { threads: 1 }))
  }

  const state = async () => {
    await lakes[0]!.refresh()
    return {
      rows: await lakes[0]!.engine.rows('select symbol, session, source, bronze_key from daily_bars order by all'),
      ledger: await lakes[0]!.engine.rows(
        'select request_key, status, row_count, bronze_key from payloads order by bronze_key',
      ),
      hashes: Object.assign({}, ...relations.map(({ name }) => hashes(folder, `silver/${name}`))),
    }
  }

  /** Does the work of all writers in an order of their store calls. */
  const run = async (base: string, works: readonly Work[], choose: Choice): Promise<Seen> => {
    restore(folder, base)
    const turns = new Turns(works.length)
    const outcomes: Outcome[] = []
    const all = works.map(async (work, writer) => {
      const lake = lakes[writer]!
      const platform: Platform = { ...lake.platform, store: turns.storeOf(writer, stores[writer]!) }
      try {
        outcomes.push(...(await work({ ...lake, platform })))
      } catch (error) {
        outcomes.push({
          subject: `writer ${writer}`,
          status: 'failed',
          rowCount: 0,
          rejectedCount: 0,
          error: String(error),
        })
      } finally {
        turns.done(writer)
      }
    })
    const calls = await follow(turns, choose)
    await Promise.all(all)
    return { calls, outcomes, ...(await state()) }
  }

  return {
    folder,
    run,
    /** Does the works one after another, without taking turns. */
    serially: async (base: string, works: readonly Work[]) => {
      restore(folder, base)
      for (const [writer, work] of works.entries()) await work(lakes[writer]!)
      return state()
    },
    close: async () => {
      for (const lake of lakes) await lake.close()
    },
  }
}

export type Writers = Awaited<ReturnType<typeof openWriters>>
