/** `precursor export`: the marts and other tables and views as files for other tools. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { unknownName } from '../../core/nearest.ts'
import { views } from '../../schemas/views/index.ts'
import { asOfInstant, asOfOption } from '../as-of.ts'
import { relationNamed } from '../desk/describe.ts'
import { type ExportFormat, exportFormats, exportRelations } from '../export/export.ts'
import { say, writingInto } from '../output.ts'
import { optionsOf, readingRelations } from '../session.ts'
import { commandNamed } from './list.ts'

const formatNamed = (name: string): ExportFormat => {
  const found = exportFormats.find((each) => each === name)
  if (!found) throw unknownName('format', name, exportFormats)
  return found
}

export const exportCommand = () =>
  commandNamed('export')
    .option('--format <format>', exportFormats.join(', '), 'parquet')
    .option('--only', 'only the named tables and views, without the marts')
    .option(...asOfOption)
    .addHelpText(
      'after',
      `
manifest.json lists each file with its rows, bytes and SHA-256, the instant, and the versions of the objects that it was made of.
dictionary.json holds the meaning, type and unit of each column. In CSV, a text that a spreadsheet would run as a formula begins with an
apostrophe.

Examples:
  precursor export exported
  precursor export exported daily_bars catalysts_by_session --format csv
  precursor export exported crash_precursors --only --format arrow --as-of 2025-11-20T13:29:59Z`,
    )
    .action(
      async (
        folder: string,
        named: readonly string[],
        given: { format: string; only?: boolean; asOf?: string },
        command: Command,
      ) => {
        const options = optionsOf(command)
        const format = formatNamed(given.format)
        const asOf = given.asOf === undefined ? undefined : asOfInstant(given.asOf)
        const marts = given.only ? [] : views.filter(({ mart }) => mart)
        const relations = [...new Set([...marts, ...named.map((name) => relationNamed(name))])]
        const exported = { folder: resolve(folder), relations, format, ...(asOf ? { asOf } : {}), tell: say }
        await readingRelations(options, relations, asOf, (lake) =>
          writingInto(exported.folder, () => exportRelations(lake, exported)),
        )
        say(`${resolve(folder)}: ${relations.length} files, manifest.json, dictionary.json\n`)
      },
    )
