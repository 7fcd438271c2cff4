/** The commands in the order of the help: name, sentence and arguments. The help of all is made from this without loading them. */
import { Command } from 'commander'
import { partsOfRun, stepTexts } from '../../pipeline/runs/step-texts.ts'

/** The groups of the help, in order. */
export const commandGroups = ['Begin', 'Every evening', 'Ask', 'Data', 'Steps of a run, alone'] as const

interface CommandText {
  readonly name: string
  readonly group: (typeof commandGroups)[number]
  /** A few words, for the help of all commands. */
  readonly short: string
  readonly doc: string
  /** Each argument as commander writes it, and what it is. */
  readonly arguments?: readonly (readonly [term: string, doc: string])[]
}

const sessionArgument = ['[session]', 'session, as yyyy-mm-dd; default: the latest in the lake'] as const

const stepCommands = stepTexts.map(
  (step) => ({ ...step, group: 'Steps of a run, alone', doc: step.doc, arguments: [] }) as const,
)

export const commandTexts = [
  {
    name: 'start',
    group: 'Begin',
    short: 'play the bundled sample and show its evening',
    doc: 'Play the bundled sample into a lake and print the evening of 2025-11-20.',
  },
  {
    name: 'init',
    group: 'Begin',
    short: 'write universe.json: what to follow',
    doc: 'Write a universe.json into the working folder. It lists what to follow, and later commands read it from there.',
  },
  {
    name: 'run',
    group: 'Every evening',
    short: 'run the evening of a session',
    doc: `Run the evening of a session: ${partsOfRun.join(', ')}.`,
  },
  {
    name: 'backfill',
    group: 'Every evening',
    short: 'run a span of past sessions',
    doc: `Run a span of sessions at once: ${partsOfRun.join(', ')}.`,
  },
  {
    name: 'schedule',
    group: 'Every evening',
    short: 'run the evenings by themselves',
    doc: 'Install, show or remove the schedule that runs the evenings on this machine; or run them from this process.',
    arguments: [['<action>', 'install, status, remove, follow or once']],
  },
  {
    name: 'rebuild',
    group: 'Data',
    short: 'derive the tables again from stored responses',
    doc: `Derive the tables (silver) again from the stored responses (bronze), for example after a parser fix; then ${partsOfRun.slice(1).join(', ')}.`,
    arguments: [['[source...]', 'only payloads of these sources']],
  },
  ...stepCommands,
  {
    name: 'ingest',
    group: 'Data',
    short: 'fetch sources, or land a recorded response',
    doc: 'Fetch and land sources, without the steps that follow; or land one recorded payload as if its source had sent it.',
    arguments: [['[source...]', 'sources (default: all)']],
  },
  {
    name: 'import',
    group: 'Data',
    short: 'import your own CSV or Parquet files',
    doc: "Import an analyst's CSV or Parquet files into a table: depth, consensus, vendor data.",
    arguments: [
      ['<table>', 'table to import into'],
      ['<file...>', 'CSV with a header, or Parquet'],
    ],
  },
  {
    name: 'backup',
    group: 'Data',
    short: 'copy the lake and verify the copy',
    doc: 'Copy the lake to an empty folder, and compare every object of the copy with its recorded hash.',
    arguments: [['<folder>', 'folder of the copy']],
  },
  {
    name: 'restore',
    group: 'Data',
    short: 'make a lake from a backup',
    doc: 'Copy a backup to the folder of the lake, verify it and publish it.',
    arguments: [['<folder>', 'folder of the backup']],
  },
  {
    name: 'gaps',
    group: 'Data',
    short: 'list missing sessions',
    doc: 'List the sessions each source is missing, counted from its first session.',
  },
  {
    name: 'timetable',
    group: 'Ask',
    short: 'macro releases that are due, late or out',
    doc: 'List macro releases that are due, overdue or published, as known at an instant.',
  },
  {
    name: 'query',
    group: 'Ask',
    short: 'run SQL or a saved query',
    doc: 'Run SQL, given as text, as a file that ends in .sql, or by the name of a saved query.',
    arguments: [['<sql>', 'a query, the name of a .sql file, or a saved query']],
  },
  {
    name: 'sql',
    group: 'Ask',
    short: 'a shell for SQL, with completion',
    doc: 'Ask the lake in a shell: history, completion of names, timing, and as of any instant.',
  },
  {
    name: 'serve',
    group: 'Ask',
    short: 'a query page and an HTTP interface, here',
    doc: 'Serve the lake over HTTP to this machine, read-only: a page for queries, JSON, CSV and Arrow.',
  },
  {
    name: 'mcp',
    group: 'Ask',
    short: 'answer an assistant (Model Context Protocol)',
    doc: 'Answer an assistant by the Model Context Protocol on standard input and output, read-only.',
  },
  {
    name: 'export',
    group: 'Ask',
    short: 'write marts and views as files for other tools',
    doc: 'Write all marts, and the named tables and views, as Parquet, CSV or Arrow, with a manifest and the dictionary.',
    arguments: [
      ['<folder>', 'folder of the files: empty, missing, or with an earlier export'],
      ['[name...]', 'further tables and views'],
    ],
  },
  {
    name: 'report',
    group: 'Every evening',
    short: 'write the report of a session as HTML',
    doc: 'Write the report of a session as one HTML page: lit signals, how rare the session is, its catalysts, and the published explanation against the data.',
    arguments: [sessionArgument],
  },
  {
    name: 'site',
    group: 'Every evening',
    short: 'write the site of all evenings',
    doc: 'Write a static site of all evenings: the latest one, a list of all, each signal, the releases and the dictionary. Only changed pages are written.',
  },
  {
    name: 'watch',
    group: 'Every evening',
    short: 'print or post the evening as a short text',
    doc: 'Print the evening as a short text: lit signals and since when, changes, catalysts, and what is due next session.',
    arguments: [sessionArgument],
  },
  {
    name: 'evaluate',
    group: 'Ask',
    short: 'test how the precursors rank drawdowns',
    doc: 'Compare how well each precursor, the score and VIX alone rank drawdowns.',
  },
  {
    name: 'describe',
    group: 'Ask',
    short: 'the tables and views, or the columns of one',
    doc: 'The tables and views, or the columns of one.',
    arguments: [['[name]', 'table or view']],
  },
  {
    name: 'doctor',
    group: 'Begin',
    short: 'check configuration, keys, sources and data',
    doc: 'Check the configuration, the keys, whether the sources can be reached, how old the data is, what is missing, and the disk.',
  },
] as const satisfies readonly CommandText[]

export type CommandName = (typeof commandTexts)[number]['name']

/** A command with its sentence and arguments, and no options or action yet. */
export const commandNamed = (name: CommandName): Command => {
  const { doc, short, group, arguments: given = [] }: CommandText = commandTexts.find((each) => each.name === name)!
  const command = new Command(name).description(doc).summary(short).helpGroup(group)
  for (const [term, of] of given) command.argument(term, of)
  return command
}
