/** `precursor gaps`: the sessions that are missing, by source. */
import type { Command } from 'commander'
import { findGaps } from '../../pipeline/check/gaps.ts'
import { printRows } from '../print.ts'
import { optionsOf, readingLake } from '../session.ts'
import { commandNamed } from './list.ts'

export const gapsCommand = () =>
  commandNamed('gaps')
    .option('--from <date>', 'first session to check')
    .option('--to <date>', 'last session to check (default: the last session that has closed)')
    .option('--format <format>', 'table, csv or json', 'table')
    .addHelpText('after', '\nExample:\n  precursor gaps --from 2025-01-02')
    .action(({ format, from, to }: { format: string; from?: string; to?: string }, command: Command) =>
      readingLake(optionsOf(command), async (lake) => {
        const gaps = await findGaps(lake, { ...(from ? { from } : {}), ...(to ? { to } : {}) })
        printRows(gaps as never, ['table_name', 'source', 'subject', 'session'], format)
      }),
    )
