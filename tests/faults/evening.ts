/** A small evening: what lands, is tagged, computed, checked and published while I/O calls fail. */
import type { HttpRequest, HttpResponse, Platform } from '../../core/platform.ts'
import { parseUniverse } from '../../core/universe.ts'
import { check } from '../../pipeline/check/check.ts'
import { perform } from '../../pipeline/compute/computation.ts'
import { computations } from '../../pipeline/compute/compute.ts'
import { importBodies } from '../../pipeline/ingest/import-files.ts'
import { ingest } from '../../pipeline/ingest/ingest.ts'
import { openPart } from '../../pipeline/lake/open.ts'
import { checkStep } from '../../pipeline/runs/steps/check.ts'
import { tagStep } from '../../pipeline/runs/steps/tag.ts'
import { writeDictionary } from '../../pipeline/silver/dictionary-table.ts'
import { publishMart } from '../../pipeline/silver/mart.ts'
import { tag } from '../../pipeline/tag/tag.ts'
import { dailyBarsAsKnown } from '../../schemas/views/bars/daily_bars_as_known.ts'
import { sourceNamed } from '../../sources/index.ts'

export const at = '2025-11-21T15:00:00Z'
export const session = '2025-11-20'

/** Answers by address, so that the evening costs no simulation of a market. */
export type Answers = Readonly<Record<string, string>>

/** Two of the computed relations: a view that is kept, and a table that a program computes. */
const computed = computations.filter(({ into }) => ['daily_bars_as_known', 'effective_spreads'].includes(into.name))

const bars = [
  'symbol,session,open,high,low,close,volume',
  'A,2024-12-31,1,2,1,2,5',
  'A,2025-01-02,2,3,1,2,5',
  'A,2025-01-03,2,1,1,2,5',
  '',
].join('\n')

export const wanted = ['nasdaq_bars', 'cboe_volatility'].map(sourceNamed)
export const window = { from: '2025-11-18', to: session }

export const universe = (text: string) => ({
  ...parseUniverse(text, 'samples/universe.json'),
  volatilityIndices: ['VIX'],
  etfs: ['SPY'],
  stocks: [],
})

const answering =
  (answers: Answers) =>
  async ({ url }: HttpRequest): Promise<HttpResponse> => {
    const body = answers[url]
    if (body === undefined) throw new Error(`no answer for ${url}`)
    return { status: 200, headers: {}, body: Buffer.from(body) }
  }

/** Does the evening, and gives what its steps said had failed. */
export const evening = async (platform: Platform, universeText: string, answers: Answers): Promise<string[]> => {
  const lake = await openPart(
    { ...platform, fetch: answering(answers) },
    universe(universeText),
    [...tagStep.reads, ...checkStep.reads, ...computed.flatMap(({ reads }) => reads)],
    { threads: 1 },
  )
  const errors: string[] = []
  const tried = async (work: () => Promise<unknown>) => {
    try {
      const done = await work()
      for (const { status, error } of Array.isArray(done) ? done : [done]) if (status === 'failed') errors.push(error)
    } catch (error) {
      errors.push(String(error))
    }
  }
  try {
    await tried(() =>
      importBodies(lake, 'daily_bars', [{ name: 'bars.csv', body: Buffer.from(bars) }], { source: 'desk' }),
    )
    await tried(() => ingest(lake, wanted, () => window))
    await tried(() => tag(lake))
    for (const computation of computed)
      await tried(async () => {
        await perform(lake, computation)
        return []
      })
    await tried(() => check(lake, session))
    await tried(async () => {
      await lake.refresh()
      await writeDictionary(lake)
      await publishMart(lake, dailyBarsAsKnown)
      return []
    })
  } finally {
    await lake.close()
  }
  return errors
}
