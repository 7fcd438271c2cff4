/** The steps of a run, each as a command; and `precursor rebuild`. */
import { type Command, Option } from 'commander'
import { UsageError } from '../../core/errors.ts'
import { rebuild } from '../../pipeline/ingest/rebuild.ts'
import { type Part, partOf } from '../../pipeline/runs/perform.ts'
import { runParts, stepsFor } from '../../pipeline/runs/run.ts'
import { sessionFor } from '../../pipeline/runs/session-for.ts'
import type { StepName } from '../../pipeline/runs/step-texts.ts'
import { steps } from '../../pipeline/runs/steps.ts'
import { reportSteps } from '../exit.ts'
import { deploymentOf, type GlobalOptions, optionsOf, readingLake } from '../session.ts'
import { commandNamed } from './list.ts'

interface EngineOptions {
  readonly engine?: 'embedded' | 'athena'
}

const engineOption = () =>
  new Option('--engine <name>', 'what runs the SQL of stored views. athena needs --aws')
    .choices(['embedded', 'athena'])
    .default('embedded')

/** The parts of a run, of which compute runs its SQL on the engine of the options. */
const onEngine = async (parts: readonly Part[], command: Command): Promise<readonly Part[]> => {
  const options = command.optsWithGlobals<GlobalOptions & EngineOptions>()
  if (options.engine !== 'athena') return parts
  if (!options.aws) throw new UsageError('--engine athena computes in a deployment on AWS: add --aws')
  const { computeOnAthena } = await import('../compute-on-athena.ts')
  const part = computeOnAthena(await deploymentOf(options))
  return parts.map((each) => (each.name === part.name ? part : each))
}

export const stepCommand = (name: StepName): Command => {
  const step = steps.find((each) => each.name === name)!
  const { takesSession } = step
  const command = commandNamed(name)
  if (takesSession)
    command.option('--session <date>', 'session, as yyyy-mm-dd (default: the last session that has closed)')
  const isCompute = name === 'compute'
  if (isCompute) command.addOption(engineOption())
  const examples = [
    `precursor ${name}${takesSession ? ' --session 2025-11-20' : ''}`,
    ...(isCompute ? ['precursor --aws compute --engine athena'] : []),
  ]
  return command
    .addHelpText('after', `\nExample${isCompute ? 's' : ''}:\n  ${examples.join('\n  ')}`)
    .action(({ session }: { session?: string }, given: Command) =>
      readingLake(optionsOf(given), async (lake) => {
        const day = sessionFor(lake, session)
        const parts = await onEngine([partOf(step, day)], given)
        const { steps: done } = await runParts(lake, name, takesSession ? day : null, parts)
        reportSteps(done)
      }),
    )
}

export const rebuildCommand = (): Command =>
  commandNamed('rebuild')
    .addOption(engineOption())
    .addHelpText(
      'after',
      '\nExamples:\n  precursor rebuild\n  precursor rebuild cboe_volatility\n  precursor --aws rebuild --engine athena',
    )
    .action((names: string[], _: unknown, command: Command) =>
      readingLake(optionsOf(command), async (lake) => {
        const session = sessionFor(lake)
        const replay = { name: 'rebuild', perform: () => rebuild(lake, names) }
        const parts = await onEngine([replay, ...stepsFor(session)], command)
        reportSteps((await runParts(lake, 'rebuild', session, parts)).steps)
      }),
    )
