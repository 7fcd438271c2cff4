/** Every command, in the order of the help. A command loads its modules only when it is run, or for the help of all. */
import type { Command } from 'commander'

interface Entry {
  /** Name of the command; undefined for the commands of the steps, whose names follow from the list of steps. */
  readonly name?: string
  readonly load: () => Promise<readonly Command[]>
}

const entries: readonly Entry[] = [
  { name: 'start', load: async () => [(await import('./start.ts')).startCommand()] },
  { name: 'run', load: async () => [(await import('./run.ts')).runCommand()] },
  { name: 'backfill', load: async () => [(await import('./run.ts')).backfillCommand()] },
  { name: 'rebuild', load: async () => [(await import('./steps.ts')).rebuildCommand()] },
  { load: async () => (await import('./steps.ts')).stepCommands() },
  { name: 'ingest', load: async () => [(await import('./ingest.ts')).ingestCommand()] },
  { name: 'import', load: async () => [(await import('./import.ts')).importCommand()] },
  { name: 'gaps', load: async () => [(await import('./gaps.ts')).gapsCommand()] },
  { name: 'timetable', load: async () => [(await import('./timetable.ts')).timetableCommand()] },
  { name: 'query', load: async () => [(await import('./query.ts')).queryCommand()] },
  { name: 'report', load: async () => [(await import('./report.ts')).reportCommand()] },
  { name: 'watch', load: async () => [(await import('./watch.ts')).watchCommand()] },
  { name: 'evaluate', load: async () => [(await import('./evaluate.ts')).evaluateCommand()] },
  { name: 'describe', load: async () => [(await import('./describe.ts')).describeCommand()] },
  { name: 'doctor', load: async () => [(await import('./doctor.ts')).doctorCommand()] },
]

/** All commands. */
export const allCommands = async (): Promise<readonly Command[]> =>
  (await Promise.all(entries.map(({ load }) => load()))).flat()

/** The command of that name, or all of them if no single entry has it. */
export const commandsFor = async (name: string | undefined): Promise<readonly Command[]> => {
  const entry = entries.find((each) => each.name !== undefined && each.name === name)
  return entry ? entry.load() : allCommands()
}
