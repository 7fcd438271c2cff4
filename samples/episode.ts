/**
 * Fills a lake with the bundled episode: first the history, then each evening up to the event, then the morning after.
 */
import type { LocalOptions } from '../adapters/local.ts'
import { newYorkInstant } from '../calendar/sessions.ts'
import type { Outcome } from '../core/outcome.ts'
import { eveningWindow } from '../pipeline/ingest/fetch.ts'
import { importBodies } from '../pipeline/ingest/import-files.ts'
import { ingest } from '../pipeline/ingest/ingest.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import type { Part } from '../pipeline/runs/perform.ts'
import type { RunRequest } from '../pipeline/runs/request.ts'
import { type RunReport, run, runParts, stepsFor } from '../pipeline/runs/run.ts'
import { sources } from '../sources/index.ts'
import type { Source, Window } from '../sources/source.ts'
import { sampleNetwork } from './answers/index.ts'
import { depthCsv, estimatesCsv, etfShareCsv, resultsCsv } from './desk.ts'
import { episode } from './market.ts'
import { eventSession, nvdaReport } from './pinned.ts'

export const sampleNotice =
  'SAMPLE: a simulated market with the published figures of the event week pinned; not for use as data.'

/** A clock whose time the episode sets. */
export class EpisodeClock {
  #at = newYorkInstant(episode.from, '20:00')
  readonly now = () => this.#at
  set(session: string, time: string) {
    this.#at = newYorkInstant(session, time)
  }
}

/** The clock and network that replace those of a platform. */
export const episodePlatform = (clock: EpisodeClock): Pick<LocalOptions, 'now' | 'fetch' | 'environment'> => ({
  now: clock.now,
  fetch: sampleNetwork(clock.now),
  environment: {},
})

/** The sources that the sample plays. */
const sampledSources = sources.filter(({ isSampled }) => isSampled)
/** Bars inside the session are played for the event week only. */
const withHistory = sampledSources.filter(({ tables }) => !tables.some(({ bars }) => bars))
/** The run request of an evening of the sample. */
export const sampledEvening = (session: string): RunRequest => ({
  session,
  sources: sampledSources.map(({ name }) => name),
})

const desk = async (lake: Lake, now: Date): Promise<Outcome[]> => [
  await importBodies(lake, 'market_depth', [{ name: 'depth.csv', body: Buffer.from(depthCsv(now)) }], {
    source: 'desk_report',
  }),
  await importBodies(lake, 'market_volume', [{ name: 'etf_share.csv', body: Buffer.from(etfShareCsv(now)) }], {
    source: 'desk_report',
  }),
  ...(await noted(lake, now, nvdaReport.expectedAt, 'earnings_estimates', estimatesCsv())),
  ...(await noted(lake, now, nvdaReport.knownAt, 'earnings', resultsCsv())),
]

/** Figures that the desk records once they are published. */
const noted = async (lake: Lake, now: Date, from: string, table: string, csv: string): Promise<Outcome[]> =>
  now >= new Date(from)
    ? [await importBodies(lake, table, [{ name: `${table}.csv`, body: Buffer.from(csv) }], { source: 'desk_report' })]
    : []

/** First the figures of the desk, then the responses of the sources. */
const deskAndSources = (
  clock: EpisodeClock,
  wanted: readonly Source[],
  windowOf: (source: Source) => Window,
): Part => ({
  name: 'ingest',
  perform: async (lake) => [...(await desk(lake, clock.now())), ...(await ingest(lake, wanted, windowOf))],
})

/** Sessions whose evening runs are simulated one by one. */
const evenings = ['2025-11-17', '2025-11-18', '2025-11-19'] as const
const eveningTime = '19:30'
/** Catch-up fetches before those sessions. Each sees the release calendars as published on its day. */
const catchUps = [
  { from: episode.from, to: '2025-09-30' },
  { from: '2025-10-01', to: '2025-11-14' },
] as const

/** Runs the episode up to the evening of the event and the morning after. Returns the report of that evening. */
export const playEpisode = async (lake: Lake, clock: EpisodeClock): Promise<RunReport> => {
  for (const { from, to } of catchUps) {
    clock.set(to, eveningTime)
    await runParts(lake, 'backfill', to, [deskAndSources(clock, withHistory, () => ({ from, to }))])
  }
  for (const session of evenings) {
    clock.set(session, eveningTime)
    await runParts(lake, 'ingest', session, [
      deskAndSources(clock, sampledSources, (source) => eveningWindow(source, session)),
    ])
  }
  clock.set(eventSession, eveningTime)
  await desk(lake, clock.now())
  const report = await run(lake, sampledEvening(eventSession))
  clock.set('2025-11-21', '08:15')
  const nextMorning = sampledSources.filter((source) =>
    ['cboe_market_volume', 'ssga_fund_shares', 'squeezemetrics_gamma'].includes(source.name),
  )
  await runParts(lake, 'morning', eventSession, [
    deskAndSources(clock, nextMorning, (source) => eveningWindow(source, eventSession)),
    ...stepsFor(eventSession),
  ])
  return report
}
