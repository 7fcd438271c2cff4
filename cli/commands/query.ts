/** `precursor query`: SQL over tables and views. */
import { Command, InvalidArgumentError } from 'commander'
import { type Engine, openEngine, type ResultRow } from '../../core/engine.ts'
import { UsageError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import { reading } from '../../pipeline/lake/current.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { parquetCopy } from '../../pipeline/silver/objects.ts'
import { queries } from '../../schemas/queries/index.ts'
import { printRows } from '../print.ts'
import { deploymentOf, type GlobalOptions, withLake, withPlatform } from '../session.ts'

interface QueryCommandOptions {
  readonly format: string
  readonly output?: string
  readonly estimate?: boolean
  readonly timeout: number
}

/** An answer of Athena of this age or younger is taken again. */
const reuseMinutes = 60

/** The text of a query: given, of a file, or of a saved query. */
const queryOf = async ({ readFile }: Platform, text: string): Promise<string> => {
  const sql = text.endsWith('.sql') ? new TextDecoder().decode(await readFile(text)) : text
  const query = sql.trim().replace(/;$/, '')
  return queries.find(({ name }) => name === query)?.sql.text ?? query
}

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
  if (!output && process.stdout.isTTY) throw new UsageError('Parquet is not for a terminal: add --output FILE')
  const file = output ?? (await platform.scratch('answer.parquet'))
  await engine.run(parquetCopy(query, file))
  if (!output) process.stdout.write(await platform.readFile(file))
}

const write = async (
  platform: Platform,
  rows: readonly ResultRow[],
  columns: readonly string[],
  { format, output }: QueryCommandOptions,
): Promise<void> => {
  const printed = printRows(rows, columns, format, output === undefined)
  if (output) await platform.writeScratch(output, Buffer.from(printed))
}

/** Athena runs it; what it scanned and cost is said on stderr. Ctrl-C cancels it there. */
const queryOnAws = async (platform: Platform, options: GlobalOptions & QueryCommandOptions, query: string) => {
  const [{ openAthena }, { billed, megabytes }] = await Promise.all([
    import('../../adapters/athena/client.ts'),
    import('../../adapters/athena/cost.ts'),
  ])
  const athena = openAthena(await deploymentOf(options))
  if (options.estimate) {
    const { estimate } = await import('../../adapters/athena/estimate.ts')
    const { bytes, objectCount, scanCount } = await estimate(athena, platform.store, query)
    process.stdout.write(
      `at most ${megabytes(bytes)} of ${objectCount} objects in ${scanCount} scans, ${billed(bytes)} at most\n`,
    )
    return
  }
  const cancelling = new AbortController()
  const cancel = () => cancelling.abort()
  process.once('SIGINT', cancel)
  const { columns, rows, bytesScanned, isReused } = await athena
    .query(query, { signal: cancelling.signal, timeoutSeconds: options.timeout, reuseMinutes })
    .finally(() => process.off('SIGINT', cancel))
  const scanned = isReused
    ? 'an earlier answer, nothing scanned'
    : `${megabytes(bytesScanned)} scanned, ${billed(bytesScanned)}`
  process.stderr.write(`Athena: ${scanned}\n`)
  if (options.format !== 'parquet') {
    const names = columns.map(({ name }) => name)
    return write(platform, rows, names, options)
  }
  const engine = await openEngine()
  try {
    const declared = Object.fromEntries(columns.map(({ name, type }) => [name, { type, nullable: true, doc: name }]))
    await engine.load('athena_answer', declared, rows)
    await writeParquet(platform, engine, 'select * from main.athena_answer', options.output)
  } finally {
    engine.close()
  }
}

const queryHere = (options: GlobalOptions & QueryCommandOptions, text: string) =>
  withLake(
    options,
    reading(async ({ platform, engine }: Lake) => {
      if (options.estimate) throw new UsageError('--estimate is for Athena, which bills what it scans: add --aws')
      const query = await queryOf(platform, text)
      if (options.format === 'parquet') return writeParquet(platform, engine, query, options.output)
      const columns = (await engine.columnsOf(query)).map(({ name }) => name)
      await write(platform, await engine.rows(query), columns, options)
    }),
  )

export const queryCommand = () =>
  new Command('query')
    .description('Run SQL, given as text, as a file that ends in .sql, or by the name of a saved query.')
    .argument('<sql>', 'a query, the name of a .sql file, or a saved query')
    .option('--format <format>', 'table, csv, json or parquet', 'table')
    .option('--output <file>', 'write here instead of to standard output')
    .option('--estimate', 'with --aws: say what it can scan and cost at most, and do not run it')
    .option('--timeout <seconds>', 'with --aws: cancel it after so long', seconds, 600)
    .addHelpText(
      'after',
      `
Examples:
  precursor query "select session, vix_close from volatility_regime order by session desc limit 5"
  precursor query lit_signals
  precursor query query.sql --format csv > rows.csv
  precursor query "select * from crash_precursors" --format parquet --output precursors.parquet
  precursor --aws query score --estimate

Saved queries:
${queries.map(({ name, doc }) => `  ${name.padEnd(24)} ${doc}`).join('\n')}`,
    )
    .action((text: string, _: QueryCommandOptions, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & QueryCommandOptions>()
      if (!options.aws) return queryHere(options, text)
      return withPlatform(options, async (platform) => queryOnAws(platform, options, await queryOf(platform, text)))
    })
