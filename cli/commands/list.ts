/** The commands in the order of the help: name, sentence and arguments. The help of all is made from this without loading them. */
import { Command } from 'commander'
import { partsOfRun, stepTexts } from '../../pipeline/runs/step-texts.ts'

interface CommandText {
  readonly name: string
  readonly doc: string
  /** Each argument as commander writes it, and what it is. */
  readonly arguments?: readonly (readonly [term: string, doc: string])[]
}

const sessionArgument = ['[session]', 'session, as yyyy-mm-dd; default: the latest in the lake'] as const

export const commandTexts = [
  { name: 'start', doc: 'Play the bundled sample into a lake and print the evening of 2025-11-20.' },
  { name: 'run', doc: `Run the evening of a session: ${partsOfRun.join(', ')}.` },
  { name: 'backfill', doc: `Run a span of sessions at once: ${partsOfRun.join(', ')}.` },
  {
    name: 'rebuild',
    doc: `Derive silver again from bronze, for example after a parser fix; then ${partsOfRun.slice(1).join(', ')}.`,
    arguments: [['[source...]', 'only payloads of these sources']],
  },
  ...stepTexts,
  {
    name: 'ingest',
    doc: 'Fetch and land sources, without the steps that follow; or land one recorded payload as if its source had sent it.',
    arguments: [['[source...]', 'sources (default: all)']],
  },
  {
    name: 'import',
    doc: "Import an analyst's CSV or Parquet files into a table: depth, consensus, vendor data.",
    arguments: [
      ['<table>', 'table to import into'],
      ['<file...>', 'CSV with a header, or Parquet'],
    ],
  },
  { name: 'gaps', doc: 'List the sessions each source is missing, counted from its first session.' },
  { name: 'timetable', doc: 'List macro releases that are due, overdue or published, as known at an instant.' },
  {
    name: 'query',
    doc: 'Run SQL, given as text, as a file that ends in .sql, or by the name of a saved query.',
    arguments: [['<sql>', 'a query, the name of a .sql file, or a saved query']],
  },
  {
    name: 'report',
    doc: 'Write the report of a session as one HTML page: lit signals, how rare the session is, its catalysts, and the published explanation against the data.',
    arguments: [sessionArgument],
  },
  {
    name: 'watch',
    doc: 'Print the evening as a short text: lit signals and since when, changes, catalysts, and what is due next session.',
    arguments: [sessionArgument],
  },
  { name: 'evaluate', doc: 'Compare how well each precursor, the score and VIX alone rank drawdowns.' },
  {
    name: 'describe',
    doc: 'The tables and views, or the columns of one.',
    arguments: [['[name]', 'table or view']],
  },
  {
    name: 'doctor',
    doc: 'Configuration, keys, reachability of the sources, freshness, gaps, checks, the last run and disk.',
  },
] as const satisfies readonly CommandText[]

export type CommandName = (typeof commandTexts)[number]['name']

/** A command with its sentence and arguments, and no options or action yet. */
export const commandNamed = (name: CommandName): Command => {
  const { doc, arguments: given = [] }: CommandText = commandTexts.find((each) => each.name === name)!
  const command = new Command(name).description(doc)
  for (const [term, of] of given) command.argument(term, of)
  return command
}
