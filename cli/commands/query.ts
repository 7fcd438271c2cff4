/** `precursor query`: SQL over tables and views. */
import { type Command, InvalidArgumentError } from 'commander'
import { type Answer, type Engine, openEngine } from '../../core/engine.ts'
import { UsageError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import { reading } from '../../pipeline/lake/current.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { parquetCopy } from '../../pipeline/silver/objects.ts'
import { queries } from '../../schemas/queries/index.ts'
import { allRelations } from '../../schemas/relations.ts'
import type { Relation } from '../../schemas/view.ts'
import { asOfInstant, asOfOption, instantsIn } from '../as-of.ts'
import { say, sayBytes, tell, writeOutput } from '../output.ts'
import { textOf } from '../print.ts'
import { queryOf, withSuggestion } from '../query-text.ts'
import { deploymentOf, type GlobalOptions, withPlatform, withRelations } from '../session.ts'
import { relationsIn } from '../statement.ts'
import { commandNamed } from './list.ts'

interface QueryCommandOptions {
  readonly format: string
  readonly output?: string
  readonly estimate?: boolean
  readonly timeout: number
  readonly asOf?: string
}

/** Athena reuses a result of this age or younger. */
const reuseMinutes = 60

const seconds = (text: string): number => {
  const count = Number(text)
  if (!(count > 0)) throw new InvalidArgumentError('expected seconds, such as 600')
  return count
}

const writeParquet = async (
  platform: Platform,
  engine: Engine,
  query: string,
  output: string | undefined,
): Promise<void> => {
  if (!output && process.stdout.isTTY) throw new UsageError('Parquet cannot be shown on a terminal: add --output FILE')
  const file = output ?? (await platform.scratch('answer.parquet'))
  await engine.run(parquetCopy(query, file)).catch((error: Error) => {
    throw /^IO Error: Cannot open file/.test(error.message) && output
      ? new UsageError(`cannot write ${output}: ${error.message.replace(/^.*?: .*?: /, '').toLowerCase()}`)
      : error
  })
  if (!output) sayBytes(await platform.readFile(file))
}

const write = async (platform: Platform, answer: Answer, { format, output }: QueryCommandOptions): Promise<void> => {
  const text = textOf(answer, format)
  if (output) await writeOutput(platform, output, Buffer.from(text))
  else say(text)
}

/** Runs the query on Athena and reports on stderr what it scanned and cost. Ctrl-C cancels the query there. */
const queryOnAws = async (platform: Platform, options: GlobalOptions & QueryCommandOptions, query: string) => {
  const [{ openAthena }, { billed, megabytes }] = await Promise.all([
    import('../../adapters/athena/client.ts'),
    import('../../adapters/athena/cost.ts'),
  ])
  const athena = openAthena(await deploymentOf(options))
  if (options.estimate) {
    const { estimate } = await import('../../adapters/athena/estimate.ts')
    const { bytes, objectCount, scanCount } = await estimate(athena, platform.store, query)
    say(`at most ${megabytes(bytes)} of ${objectCount} objects in ${scanCount} scans, ${billed(bytes)} at most\n`)
    return
  }
  const cancelling = new AbortController()
  const cancel = () => cancelling.abort()
  process.once('SIGINT', cancel)
  const { columns, rows, bytesScanned, isReused } = await athena
    .query(query, { signal: cancelling.signal, timeoutSeconds: options.timeout, reuseMinutes })
    .catch((error: Error) => {
      throw withSuggestion(error)
    })
    .finally(() => process.off('SIGINT', cancel))
  const scanned = isReused
    ? 'an earlier answer, nothing scanned'
    : `${megabytes(bytesScanned)} scanned, ${billed(bytesScanned)}`
  tell(`Athena: ${scanned}\n`)
  if (options.format !== 'parquet') {
    const names = columns.map(({ name }) => name)
    return write(platform, { columns: names, rows: rows.map((row) => names.map((name) => row[name] ?? null)) }, options)
  }
  const engine = await openEngine()
  try {
    const declared = Object.fromEntries(columns.map(({ name, type }) => [name, { type, nullable: true, doc: name }]))
    await engine.load('athena_answer', declared, rows)
    await writeParquet(platform, engine, 'select * from main.athena_answer', options.output)
  } finally {
    await engine.close()
  }
}

/** Runs the query over the relations that it names, because all take a second to define. */
const queryHere = async (platform: Platform, options: GlobalOptions & QueryCommandOptions, query: string) => {
  if (options.estimate) throw new UsageError('--estimate is for Athena, which bills what it scans: add --aws')
  const asOf = options.asOf === undefined ? {} : { asOf: asOfInstant(options.asOf) }
  const instants = instantsIn(query)
  const run = (relations: readonly Relation[]) =>
    reading(async (lake: Lake) => {
      const { engine } = lake
      // Materialized views are not stored for an earlier instant.
      if (options.asOf !== undefined || instants.length > 0) await lake.hold(relations)
      if (options.format === 'parquet') return writeParquet(platform, engine, query, options.output)
      await write(platform, await engine.answer(query), options)
    })
  const over = (relations: readonly Relation[]) =>
    withRelations(platform, options, relations, run(relations), { calendar: false, ...asOf, instants })
  const named = relationsIn(query, allRelations)
  try {
    await over(named)
  } catch (error) {
    // The error of a name that is not there lists names that are.
    if (!/^Catalog Error/.test((error as Error).message)) throw error
    if (named === allRelations) throw withSuggestion(error as Error)
    await over(allRelations).catch((second: Error) => {
      throw withSuggestion(second)
    })
  }
}

export const queryCommand = () =>
  commandNamed('query')
    .option('--format <format>', 'table, csv, json or parquet', 'table')
    .option(...asOfOption)
    .option('--output <file>', 'write here instead of to standard output')
    .option('--estimate', 'with --aws: print the most that it can scan and cost, without running it')
    .option('--timeout <seconds>', 'with --aws: cancel it after this time', seconds, 600)
    .addHelpText(
      'after',
      `
Examples:
  precursor query "select session, vix_close from volatility_regime order by session desc limit 5"
  precursor query lit_signals
  precursor query lit_signals --as-of 2025-11-20T13:29:59Z
  precursor query 'select * from "2025-11-19".precursor_score union all select * from "2025-11-20".precursor_score'
  precursor query query.sql --format csv > rows.csv
  precursor query "select * from crash_precursors" --format parquet --output precursors.parquet
  precursor --aws query score --estimate

Saved queries:
${queries.map(({ name, doc }) => `  ${name.padEnd(24)} ${doc}`).join('\n')}`,
    )
    .action((text: string, _: QueryCommandOptions, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & QueryCommandOptions>()
      return withPlatform(
        options,
        async (platform) => {
          const query = await queryOf(platform, text)
          // Athena has the views of today. The embedded engine answers from the bucket as of an earlier instant.
          const isOfToday = options.asOf === undefined && instantsIn(query).length === 0
          const ask = options.aws && isOfToday ? queryOnAws : queryHere
          return ask(platform, options, query)
        },
        { need: 'present' },
      )
    })
