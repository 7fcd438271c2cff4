/** The steps of a run, each as a command; and `precursor rebuild`. */
import type { Command } from 'commander'
import { rebuild } from '../../pipeline/ingest/rebuild.ts'
import { partOf } from '../../pipeline/runs/perform.ts'
import { runParts, stepsFor } from '../../pipeline/runs/run.ts'
import { sessionFor } from '../../pipeline/runs/session-for.ts'
import type { StepName } from '../../pipeline/runs/step-texts.ts'
import { steps } from '../../pipeline/runs/steps.ts'
import { reportSteps } from '../exit.ts'
import { optionsOf, readingLake } from '../session.ts'
import { commandNamed } from './list.ts'

export const stepCommand = (name: StepName): Command => {
  const step = steps.find((each) => each.name === name)!
  const { takesSession } = step
  const command = commandNamed(name)
  if (takesSession)
    command.option('--session <date>', 'session, as yyyy-mm-dd (default: the last session that has closed)')
  return command
    .addHelpText('after', `\nExample:\n  precursor ${name}${takesSession ? ' --session 2025-11-20' : ''}`)
    .action(({ session }: { session?: string }, given: Command) =>
      readingLake(optionsOf(given), async (lake) => {
        const day = sessionFor(lake, session)
        const { steps: done } = await runParts(lake, name, takesSession ? day : null, [partOf(step, day)])
        reportSteps(done)
      }),
    )
}

export const rebuildCommand = (): Command =>
  commandNamed('rebuild')
    .addHelpText('after', '\nExamples:\n  precursor rebuild\n  precursor rebuild cboe_volatility')
    .action((names: string[], _: unknown, command: Command) =>
      readingLake(optionsOf(command), async (lake) => {
        const session = sessionFor(lake)
        const replay = { name: 'rebuild', perform: () => rebuild(lake, names) }
        reportSteps((await runParts(lake, 'rebuild', session, [replay, ...stepsFor(session)])).steps)
      }),
    )
