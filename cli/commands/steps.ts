/** The steps of a run, each as a command; and `precursor rebuild`. */
import { Command } from 'commander'
import { rebuild } from '../../pipeline/ingest/rebuild.ts'
import { partOf } from '../../pipeline/runs/perform.ts'
import { runParts, stepsFor } from '../../pipeline/runs/run.ts'
import { sessionFor } from '../../pipeline/runs/session-for.ts'
import type { Step } from '../../pipeline/runs/step.ts'
import { steps } from '../../pipeline/runs/steps.ts'
import { reportSteps } from '../exit.ts'
import { optionsOf, withLake } from '../session.ts'

const stepCommand = (step: Step): Command => {
  const { name, doc, takesSession } = step
  const command = new Command(name).description(doc)
  if (takesSession)
    command.option('--session <date>', 'session, as yyyy-mm-dd (default: the last session that has closed)')
  return command
    .addHelpText('after', `\nExample:\n  precursor ${name}${takesSession ? ' --session 2025-11-20' : ''}`)
    .action(({ session }: { session?: string }, given: Command) =>
      withLake(optionsOf(given), async (lake) => {
        const day = sessionFor(lake, session)
        const { steps: done } = await runParts(lake, name, takesSession ? day : null, [partOf(step, day)])
        reportSteps(done)
      }),
    )
}

export const stepCommands = (): Command[] => steps.map(stepCommand)

export const rebuildCommand = (): Command =>
  new Command('rebuild')
    .description(
      `Derive silver again from bronze, for example after a parser fix; then ${steps.map(({ name }) => name).join(', ')}.`,
    )
    .argument('[source...]', 'only payloads of these sources')
    .addHelpText('after', '\nExamples:\n  precursor rebuild\n  precursor rebuild cboe_volatility')
    .action((names: string[], _: unknown, command: Command) =>
      withLake(optionsOf(command), async (lake) => {
        const session = sessionFor(lake)
        const replay = { name: 'rebuild', perform: () => rebuild(lake, names) }
        reportSteps((await runParts(lake, 'rebuild', session, [replay, ...stepsFor(session)])).steps)
      }),
    )
