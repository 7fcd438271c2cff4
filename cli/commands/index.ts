/** What loads each command. A command loads its modules only when a line names it. */
import type { Command } from 'commander'
import { type StepName, stepTexts } from '../../pipeline/runs/step-texts.ts'
import { type CommandName, commandNamed, commandTexts } from './list.ts'

type Load = () => Promise<Command>

const stepLoads = Object.fromEntries(
  stepTexts.map(({ name }) => [name, async () => (await import('./steps.ts')).stepCommand(name)]),
) as Readonly<Record<StepName, Load>>

const loads: Readonly<Record<CommandName, Load>> = {
  ...stepLoads,
  start: async () => (await import('./start.ts')).startCommand(),
  init: async () => (await import('./init.ts')).initCommand(),
  run: async () => (await import('./run.ts')).runCommand(),
  backfill: async () => (await import('./run.ts')).backfillCommand(),
  rebuild: async () => (await import('./steps.ts')).rebuildCommand(),
  ingest: async () => (await import('./ingest.ts')).ingestCommand(),
  import: async () => (await import('./import.ts')).importCommand(),
  gaps: async () => (await import('./gaps.ts')).gapsCommand(),
  timetable: async () => (await import('./timetable.ts')).timetableCommand(),
  query: async () => (await import('./query.ts')).queryCommand(),
  schedule: async () => (await import('./schedule.ts')).scheduleCommand(),
  backup: async () => (await import('./backup.ts')).backupCommand(),
  restore: async () => (await import('./backup.ts')).restoreCommand(),
  sql: async () => (await import('./sql.ts')).sqlCommand(),
  serve: async () => (await import('./serve.ts')).serveCommand(),
  mcp: async () => (await import('./serve.ts')).mcpCommand(),
  export: async () => (await import('./export.ts')).exportCommand(),
  report: async () => (await import('./report.ts')).reportCommand(),
  site: async () => (await import('./site.ts')).siteCommand(),
  watch: async () => (await import('./watch.ts')).watchCommand(),
  evaluate: async () => (await import('./evaluate.ts')).evaluateCommand(),
  describe: async () => (await import('./describe.ts')).describeCommand(),
  doctor: async () => (await import('./doctor.ts')).doctorCommand(),
}

/** All commands in the order of the help. Those that the words name are loaded; of the others there is only what the help says. */
export const commandsFor = (words: readonly string[]): Promise<readonly Command[]> =>
  Promise.all(commandTexts.map(({ name }) => (words.includes(name) ? loads[name]() : commandNamed(name))))

/** All commands, loaded. */
export const allCommands = (): Promise<readonly Command[]> => commandsFor(commandTexts.map(({ name }) => name))
