/** Athena is the authority: every view and saved query, as deployed, gives on real Trino the cells that DuckDB gives. */
import { beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { openAthena } from '../../adapters/athena/client.ts'
import { queries } from '../../schemas/queries/index.ts'
import { views } from '../../schemas/views/index.ts'
import { newFolder, openTestLake } from '../support/lake.ts'
import { hasShared } from '../support/shared-folder.ts'
import { episodeLake, extremeLake, realLake } from '../support/shared-lakes.ts'
import { type Deployed, deploy, firstYearOf } from './deployment.ts'
import { disagreements, type Sides, unsoundness } from './disagreements.ts'
import { edgeLake } from './edge-lake.ts'
import { hasLocalAws } from './local-aws.ts'

const ofViews = views.map(({ name, grain }) => [name, `select * from ${name} order by ${grain.join(', ')}`] as const)
const ofQueries = queries.map(({ name, sql }) => [`saved query ${name}`, sql.text] as const)

/** Lakes by what is in them. Tables that are empty in one have rows in the other. */
const lakes: readonly (readonly [lake: string, stack: string, folder: () => Promise<string>])[] = [
  ['the episode with rows at the edges', 'Parity', async () => edgeLake(await episodeLake())],
  ...(hasShared ? [['the real series', 'ParityReal', () => realLake()] as const] : []),
]

/**
 * Views with sums over figures whose sizes differ by more than the digits of a double. The engines add in another order, so at
 * the limits of what can land their cells differ. Their rows agree, and their figures are finite.
 */
const summing = new Set(['basket_pressure', 'catalyst_effects', 'macro_surprise'])

describe.skipIf(!hasLocalAws)('on Athena', () => {
  const stacks = new Map<string, Promise<Deployed>>()
  /** One stack for the short lakes, one for the long one. */
  const stackOf = (stack: string, firstYear: string): Promise<Deployed> => {
    const made = stacks.get(stack) ?? deploy(inject('localAws'), newFolder(), { stack, firstYear })
    stacks.set(stack, made)
    return made
  }

  const sidesOver = async (folder: string, stack: string, firstYear = firstYearOf(folder)): Promise<Sides> => {
    const deployed = await stackOf(stack, firstYear)
    await deployed.fill(folder)
    const { lake } = await openTestLake({ folder })
    await lake.refresh()
    return { lake, athena: openAthena(deployed), deployed }
  }

  beforeAll(() => {
    for (const [name, value] of Object.entries(inject('localAws').environment)) vi.stubEnv(name, value)
  })

  describe.each(lakes)('over %s', (_, stack, folderOf) => {
    let sides: Sides
    beforeAll(async () => {
      sides = await sidesOver(await folderOf(), stack)
      return () => sides.lake.close()
    }, 600_000)

    it.each([...ofViews, ...ofQueries])('%s', async (_, text) => {
      expect(await disagreements(sides, text)).toEqual([])
    })
  })

  describe('over figures at the limits', () => {
    let sides: Sides
    beforeAll(async () => {
      sides = await sidesOver(await extremeLake(), 'ParityLimits')
      return () => sides.lake.close()
    }, 600_000)

    it.each(ofViews)('%s', async (name, text) => {
      const compare = summing.has(name) ? unsoundness : disagreements
      expect(await compare(sides, text)).toEqual([])
    })
  })

  it('a lake without objects answers with no rows', async () => {
    const sides = await sidesOver(newFolder(), 'Parity', '2023')
    for (const [name, text] of ofQueries) expect(await disagreements(sides, text), name).toEqual([])
    await sides.lake.close()
  })

  describe('a view that differs', () => {
    const on = (columns: string) => `select ${columns} from intraday_reversal order by symbol, session`
    const plain = on('session, symbol, close_return, is_stale_open')
    let sides: Sides
    beforeAll(async () => {
      sides = await sidesOver(await episodeLake(), 'Parity')
      return () => sides.lake.close()
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
      expect(await disagreements(sides, plain)).toEqual([])
      expect(await disagreements(sides, plain, text)).not.toEqual([])
    })
  })
})
