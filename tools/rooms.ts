/** The rooms of the project, from the bottom of the staircase to its top. A room imports from the rooms below it. */

export interface Room {
  /** Only the entries share a level; they may import from one another. */
  readonly folders: readonly string[]
  readonly holds: string
}

export const rooms: readonly Room[] = [
  {
    folders: ['schemas'],
    holds:
      'declarations of everything that the lake holds: tables, views in a folder per subject, catalysts, speech topics, signals, saved queries; no I/O',
  },
  {
    folders: ['core'],
    holds: 'the SQL engine, the interface `Platform`, errors, outcomes, the universe and other configuration',
  },
  {
    folders: ['calendar'],
    holds: 'the sessions of the New York Stock Exchange (XNYS), closures and early closes; pure',
  },
  {
    folders: ['sources'],
    holds: 'one file per provider and dataset; a source builds requests and decodes responses, both as pure functions',
  },
  { folders: ['pipeline'], holds: 'what happens to the data, from fetching to publishing' },
  {
    folders: ['evening'],
    holds:
      "what was known on a session's evening, and its renderings as terminal page, HTML report and message, in English and Chinese",
  },
  { folders: ['evaluate'], holds: 'the pre-registered test of the score against VIX' },
  {
    folders: ['adapters'],
    holds: 'the only code that knows a platform: folder or bucket, network, clock, environment, Athena',
  },
  {
    folders: ['cli', 'lambdas', 'infra', 'samples', 'bench', 'tools', 'bi'],
    holds:
      'entries: the command line, the AWS functions, the CDK app, the sample, the benchmark, the programs that write docs and measurements, and what BI tools import',
  },
]

export const pipelineRooms: readonly { readonly folder: string; readonly does: string }[] = [
  { folder: 'lake', does: 'an open lake: a platform, an engine and a universe' },
  { folder: 'ingest', does: 'fetches from sources and stores each response in bronze' },
  { folder: 'landing', does: 'decodes bronze, validates it and merges it into silver; also imports of files' },
  { folder: 'silver', does: 'reads and writes silver objects and marts, and tracks which of them are stale' },
  { folder: 'tag', does: 'finds topics in speeches and catalysts in silver' },
  { folder: 'compute', does: 'computes the tables that SQL cannot, and stores materialized views' },
  { folder: 'record', does: 'writes the frozen scores of an evening, once, and what followed them' },
  { folder: 'check', does: 'checks the data of a session; finds gaps and late datasets' },
  { folder: 'publish', does: 'writes the data dictionary, the marts and `lake.duckdb`' },
  { folder: 'runs', does: 'turns a run request into a plan of fetch tasks and steps, and writes the run log' },
]
