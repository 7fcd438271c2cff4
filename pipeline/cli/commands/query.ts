/** `precursor query`: SQL over tables and views. */
import { Command } from 'commander'
import { queries } from '../../../schemas/queries/index.ts'
import type { ResultRow } from '../../engine.ts'
import { UsageError } from '../../errors.ts'
import type { Lake } from '../../lake.ts'
import { parquetCopy } from '../../silver/objects.ts'
import { printRows } from '../print.ts'
import { deploymentOf, type GlobalOptions, optionsOf, withLake } from '../session.ts'

const saved = (text: string) => queries.find(({ name }) => name === text)?.sql.text ?? text

const writeParquet = async (lake: Lake, query: string, output: string | undefined): Promise<void> => {
  if (!output && process.stdout.isTTY) throw new UsageError('Parquet is not for a terminal: add --output FILE')
  const file = output ?? (await lake.platform.scratch('answer.parquet'))
  await lake.engine.run(parquetCopy(query, file))
  if (!output) process.stdout.write(await lake.platform.readFile(file))
}

const write = async (
  lake: Lake,
  rows: readonly ResultRow[],
  columns: readonly string[],
  format: string,
  output: string | undefined,
): Promise<void> => {
  const printed = printRows(rows, columns, format, output === undefined)
  if (output) await lake.platform.writeScratch(output, Buffer.from(printed))
}

/** Athena runs it; what it scanned is said on stderr. */
const queryOnAws = async (
  lake: Lake,
  options: GlobalOptions,
  query: string,
  format: string,
  output: string | undefined,
): Promise<void> => {
  const { queryAthena } = await import('../../adapters/athena.ts')
  const { columns, rows, bytesScanned, isReused } = await queryAthena(await deploymentOf(options), query)
  const scanned = isReused ? 'an earlier answer, nothing scanned' : `${(bytesScanned / 1e6).toFixed(2)} MB scanned`
  process.stderr.write(`Athena: ${scanned}\n`)
  if (format === 'parquet') {
    const declared = Object.fromEntries(columns.map(({ name, type }) => [name, { type, nullable: true, doc: name }]))
    await lake.engine.load('athena_answer', declared, rows)
    return writeParquet(lake, 'select * from athena_answer', output)
  }
  const names = columns.map(({ name }) => name)
  await write(lake, rows, names, format, output)
}

export const queryCommand = () =>
  new Command('query')
    .description('Run SQL, given as text, as a file that ends in .sql, or by the name of a saved query.')
    .argument('<sql>', 'a query, the name of a .sql file, or a saved query')
    .option('--format <format>', 'table, csv, json or parquet', 'table')
    .option('--output <file>', 'write here instead of to standard output')
    .addHelpText(
      'after',
      `
Examples:
  precursor query "select session, vix_close from volatility_regime order by session desc limit 5"
  precursor query lit_signals
  precursor query query.sql --format csv > rows.csv
  precursor query "select * from crash_precursors" --format parquet --output precursors.parquet

Saved queries:
${queries.map(({ name, doc }) => `  ${name.padEnd(14)} ${doc}`).join('\n')}`,
    )
    .action((text: string, { format, output }: { format: string; output?: string }, command: Command) =>
      withLake(optionsOf(command), async (lake) => {
        const sql = text.endsWith('.sql') ? new TextDecoder().decode(await lake.platform.readFile(text)) : text
        const query = saved(sql.trim().replace(/;$/, ''))
        if (optionsOf(command).aws) return queryOnAws(lake, optionsOf(command), query, format, output)
        await lake.refresh()
        if (format === 'parquet') return writeParquet(lake, query, output)
        const columns = (await lake.engine.columnsOf(query)).map(({ name }) => name)
        await write(lake, await lake.engine.rows(query), columns, format, output)
      }),
    )
