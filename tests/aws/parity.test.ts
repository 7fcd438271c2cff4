/**
 * Athena is the authority: every view and saved query, as deployed, gives on real Trino the cells that DuckDB gives. DuckDB evaluates
 * each with everything below it. Trino evaluates each view once, over its own rows of the views below (`layers.ts`). Through the API of
 * Athena, with everything below them, run the marts here, every view in `clients.test.ts` and every saved query in `scans.test.ts`.
 */
import { beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { queries } from '../../schemas/queries/index.ts'
import { allRelations } from '../../schemas/relations.ts'
import type { Relation } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'
import { newFolder, openTestLake } from '../support/lake.ts'
import { hasShared } from '../support/shared-folder.ts'
import { episodeLake, extremeLake, realLake } from '../support/shared-lakes.ts'
import type { Deployed } from './deployment.ts'
import { disagreements, type Sides, throughApi } from './disagreements.ts'
import { edgeLake } from './edge-lake.ts'
import { lakeDeployment } from './lake-deployment.ts'
import { openLayers } from './layers.ts'
import { hasLocalAws, localAws } from './local-aws.ts'

type Case = readonly [name: string, text: string, reads: readonly Relation[]]
const ofViews = views.map(
  (view): Case => [view.name, `select * from ${view.name} order by ${view.grain.join(', ')}`, [view]],
)
const ofQueries = queries.map(({ name, sql }): Case => [`saved query ${name}`, sql.text, sql.reads])
const marts = views.filter(({ mart }) => mart).map(({ name }) => name)
const ofMarts = ofViews.filter(([name]) => marts.includes(name))

/** Lakes by what is in them. Tables that are empty in one have rows in the other. */
const lakes: readonly (readonly [lake: string, folder: () => Promise<string>])[] = [
  ['the episode with rows at the edges', async () => edgeLake(await episodeLake())],
  ...(hasShared ? [['the real series', realLake] as const] : []),
]

describe.skipIf(!hasLocalAws)('on Athena', () => {
  /** The lakes share one stack, one after another. */
  let stack: Promise<Deployed> | undefined
  const deployedOnce = (): Promise<Deployed> => {
    stack ??= localAws().then((aws) => lakeDeployment(aws, 'Parity'))
    return stack
  }

  /** The lake on both engines. On Trino it is asked as a whole, through the API, or layer by layer. */
  const opened = async (folder: string) => {
    const deployed = await deployedOnce()
    await deployed.fill(folder)
    const { lake } = await openTestLake({ folder })
    await lake.refresh()
    // A stored view that is stale would run its SQL in every query.
    await lake.hold(allRelations)
    const layers = openLayers(inject('localAws'), deployed)
    return {
      whole: { lake, onAthena: throughApi(deployed) },
      layered: (reads: readonly Relation[]): Sides => ({ lake, onAthena: (sql) => layers.ask(reads, sql) }),
      close: async () => {
        await layers.close()
        await lake.close()
      },
    }
  }
  type Opened = Awaited<ReturnType<typeof opened>>

  beforeAll(() => {
    for (const [name, value] of Object.entries(inject('localAws').environment)) vi.stubEnv(name, value)
  })

  describe.each(lakes)('over %s', (_, folderOf) => {
    let sides: Opened
    beforeAll(async () => {
      sides = await opened(await folderOf())
      return () => sides.close()
    }, 600_000)

    it.each([...ofViews, ...ofQueries])('%s', async (_, text, reads) => {
      expect(await disagreements(sides.layered(reads), text)).toEqual([])
    })

    it.each(ofMarts)('%s, with everything below it', async (_, text) => {
      expect(await disagreements(sides.whole, text)).toEqual([])
    })
  })

  describe('over figures at the limits', () => {
    let sides: Opened
    beforeAll(async () => {
      sides = await opened(await extremeLake())
      return () => sides.close()
    }, 600_000)

    it.each(ofViews)('%s', async (_, text, reads) => {
      expect(await disagreements(sides.layered(reads), text)).toEqual([])
    })
  })

  it('a lake without objects answers with no rows', async () => {
    const sides = await opened(newFolder())
    for (const [name, text, reads] of ofQueries)
      expect(await disagreements(sides.layered(reads), text), name).toEqual([])
    await sides.close()
  })

  describe('a view that differs', () => {
    const on = (columns: string) => `select ${columns} from intraday_reversal order by symbol, session`
    const plain = on('session, symbol, close_return, is_stale_open')
    let sides: Opened
    beforeAll(async () => {
      sides = await opened(await episodeLake())
      return () => sides.close()
    })

    it.each([
      ['a cell off by a millionth', on('session, symbol, close_return * (1 + 1e-6) as close_return, is_stale_open')],
      [
        'a cell that is NULL',
        on("session, symbol, case when symbol <> 'SPY' then close_return end as close_return, is_stale_open"),
      ],
      ['another type', on('session, symbol, close_return, cast(is_stale_open as varchar) as is_stale_open')],
      ['another order of columns', on('symbol, session, close_return, is_stale_open')],
      ['a row less', `select * from (${plain}) as whole where symbol <> 'SPY' order by symbol, session`],
    ])('by %s is told', async (_, text) => {
      expect(await disagreements(sides.whole, plain)).toEqual([])
      expect(await disagreements(sides.whole, plain, text)).not.toEqual([])
    })
  })
})
