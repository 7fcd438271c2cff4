/** The steps that follow ingestion, in order: their names, a few words and one sentence on each. Help reads them without loading the steps. */
export const stepTexts = [
  {
    name: 'tag',
    short: 'find topics and catalysts',
    doc: 'Read the topics of speeches and tag the catalysts found in silver.',
    takesSession: false,
  },
  {
    name: 'compute',
    short: 'recompute stored results',
    doc: 'Recompute stored results whose inputs changed: spreads, eigenvalues, gamma flip levels, percentiles and materialized views.',
    takesSession: false,
  },
  {
    name: 'record',
    short: 'write the frozen scores, once',
    doc: 'Write the frozen scores of the evening into the record, once, and fill in what followed the earlier ones.',
    takesSession: true,
  },
  {
    name: 'check',
    short: 'check the data of a session',
    doc: 'Look for missing sessions, price jumps and refused payloads, and write the findings to the checks table.',
    takesSession: true,
  },
  {
    name: 'publish',
    short: 'write marts, dictionary and lake.duckdb',
    doc: 'Write the data dictionary, the marts and, in a folder, the DuckDB file with the views.',
    takesSession: false,
  },
] as const

export type StepName = (typeof stepTexts)[number]['name']

/** The parts of a run by name, in order: ingestion, then the steps. */
export const partsOfRun: readonly string[] = ['ingest', ...stepTexts.map(({ name }) => name)]
