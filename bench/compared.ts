/** The features of the lake beside those of the peers: same input files, same rows. */
import { rmSync } from 'node:fs'
import type { Engine } from '../core/engine.ts'
import { quoted } from '../core/engine.ts'
import { perform } from '../pipeline/compute/computation.ts'
import { computations } from '../pipeline/compute/compute.ts'
import { refreshed } from '../pipeline/lake/current.ts'
import type { Lake } from '../pipeline/lake/lake.ts'
import { renderView, type View } from '../schemas/view.ts'
import { differences } from './agreement.ts'
import { type Feature, features } from './features.ts'
import { work } from './lake.ts'
import { type Measured, repeated } from './measured.ts'
import { type Library, libraries, runPeer } from './peers.ts'
import { header, megabytes, ratio, row, seconds } from './table.ts'

const times = 3

/** A query that computes every value of a view and stores none. */
export const evaluation = ({ columns }: View, from: string) =>
  `select ${Object.entries(columns)
    .map(([column, { type }]) => `${type === 'double' ? 'sum' : 'max'}(${column})`)
    .join(', ')} from ${from}`

/** Makes a stored relation anew, as a rebuild does. */
const make = async (lake: Lake, name: string) => {
  const computation = computations.find(({ into }) => into.name === name)
  if (!computation) throw new Error(`${name} is not computed`)
  rmSync(`${lake.platform.store.location}/state/${name}.json`, { force: true })
  await perform(lake, computation)
}

/** Makes the rows of a feature: writes its stored objects or runs its SQL, after the stored relations that only this feature reads. */
const makeFeature = async (lake: Lake, { view, parts }: Feature) => {
  for (const part of parts) await make(lake, part)
  if (view.materialized) await make(lake, view.name)
  else await lake.engine.run(evaluation(view, `(${renderView(view)})`))
}

const peerCell = async (engine: Engine, library: Library, { view }: Feature, ours: Measured) => {
  const out = `${work}${library}-${view.name}.parquet`
  try {
    const isStored = Boolean(view.materialized)
    const run = runPeer(library, { name: view.name, silver: `${work}lake/silver`, out, times, isStored })
    const different = await differences(engine, `select * from ${view.name}`, out)
    if (different.length) throw new Error(`its rows differ: ${different.join(', ')}`)
    const made = `${ratio(ours.cpu, run.cpu)}: ${seconds(run)}, ${megabytes(run.peak)}, ${run.version}`
    const { stored } = run
    return stored ? `${ratio(ours.cpu, stored.cpu)} with writing: ${seconds(stored)}; without ${made}` : made
  } catch (error) {
    return `${library}: not compared, ${(error as Error).message}`
  } finally {
    rmSync(out, { force: true })
  }
}

/** Prints a row for each feature. */
export const compareFeatures = async (lake: Lake): Promise<void> => {
  console.log(`\n${header('feature', 'made', 'read', ...libraries)}`)
  for (const feature of features) {
    const made = await repeated(times, () => makeFeature(lake, feature))
    await refreshed(lake)
    const read = await repeated(times, () => lake.engine.run(evaluation(feature.view, feature.view.name)))
    const cells: string[] = []
    for (const library of libraries) cells.push(await peerCell(lake.engine, library, feature, made))
    console.log(row(`\`${feature.view.name}\`: ${feature.what}`, seconds(made), seconds(read), ...cells))
  }
}

/** Prints a row for each peer that does the work of landing, and compares its rows. */
export const compareLanding = async (lake: Lake, files: readonly string[], ours: Measured): Promise<void> => {
  await refreshed(lake)
  console.log(`${header('landing, checked and stamped', 'time', 'peak memory', 'ratio of CPU')}`)
  console.log(row('Precursor', seconds(ours), megabytes(ours.peak), '1.0 ×'))
  for (const library of ['polars', 'pandas'] as const) {
    const out = `${work}${library}-landing`
    try {
      const run = runPeer(library, { name: 'landing', silver: `${work}lake/silver`, out, times, files })
      console.log(row(`${library} ${run.version}`, seconds(run), megabytes(run.peak), ratio(ours.cpu, run.cpu)))
      const [found] = await lake.engine.rows<{ n: number }>(
        `select count(*) as n from (
           select symbol, session, open, high, low, close, volume, known_at, known_session from daily_bars
           except all
           select symbol, cast(session as date), open, high, low, close, volume, cast(known_at as timestamp), cast(known_session as date)
           from read_parquet(${quoted(`${out}/*.parquet`)}))`,
      )
      if (found?.n) console.log(row(`${library}: ${found.n} rows differ`, '', '', ''))
    } catch (error) {
      console.log(row(`${library}: not compared, ${(error as Error).message}`, '', '', ''))
    } finally {
      rmSync(out, { recursive: true, force: true })
    }
  }
}
