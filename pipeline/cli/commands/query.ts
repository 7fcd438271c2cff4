/** `precursor query`: SQL over tables and views. */
import { Command } from 'commander'
import { UsageError } from '../../errors.ts'
import { parquetCopy } from '../../silver/objects.ts'
import { printRows } from '../print.ts'
import { optionsOf, withLake } from '../session.ts'

export const queryCommand = () =>
  new Command('query')
    .description('Run SQL, given as text or as a file that ends in .sql.')
    .argument('<sql>', 'a query, or the name of a .sql file')
    .option('--format <format>', 'table, csv, json or parquet', 'table')
    .option('--output <file>', 'write here instead of to standard output')
    .addHelpText(
      'after',
      `
Examples:
  precursor query "select session, vix_close from volatility_regime order by session desc limit 5"
  precursor query query.sql --format csv > rows.csv
  precursor query "select * from crash_precursors" --format parquet --output precursors.parquet`,
    )
    .action((text: string, { format, output }: { format: string; output?: string }, command: Command) =>
      withLake(optionsOf(command), async (lake) => {
        const sql = text.endsWith('.sql') ? new TextDecoder().decode(await lake.platform.readFile(text)) : text
        const query = sql.trim().replace(/;$/, '')
        await lake.refresh()
        if (format === 'parquet') {
          if (!output && process.stdout.isTTY) throw new UsageError('Parquet is not for a terminal: add --output FILE')
          const file = output ?? (await lake.platform.scratch('answer.parquet'))
          await lake.engine.run(parquetCopy(query, file))
          if (!output) process.stdout.write(await lake.platform.readFile(file))
          return
        }
        const columns = (await lake.engine.columnsOf(query)).map(({ name }) => name)
        const rows = await lake.engine.rows(query)
        const printed = printRows(rows, columns, format, output === undefined)
        if (output) await lake.platform.writeScratch(output, Buffer.from(printed))
      }),
    )
