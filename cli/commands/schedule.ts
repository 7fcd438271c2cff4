/** `precursor schedule`: evenings that run by themselves on this machine. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { schedulerOfMachine } from '../../adapters/scheduler.ts'
import { UsageError } from '../../core/errors.ts'
import { unknownName } from '../../core/nearest.ts'
import { followEvenings, runOnce } from '../evenings.ts'
import { bin, pasteable } from '../invocation.ts'
import { say } from '../output.ts'
import { optionsOf } from '../session.ts'
import { commandNamed } from './list.ts'

const actions = ['install', 'status', 'remove', 'follow', 'once']

const end = (code: number): void => {
  process.exitCode = code
}

export const scheduleCommand = () =>
  commandNamed('schedule')
    .addHelpText(
      'after',
      `
install  let systemd start the evenings at 18:30 New York. On a machine without systemd, cron starts them.
         They run in this folder, with its universe.json.
status   show what is installed
remove   remove it
follow   run the evenings from this process until it is stopped, without systemd or cron, as in a container
once     run the evenings that are missing now, and add the output to precursor-schedule.log. Cron calls this.

Each evening is \`precursor run --missed --quiet --summary\`. A day without a session runs nothing.
Up to ten missed evenings are made up. For a longer absence use \`precursor backfill\`.
If no source was reached, the next attempt is an hour later.
Keys of sources, such as FRED_API_KEY, must be set where the scheduler finds them: with
\`systemctl --user edit precursor.service\`, or as a line FRED_API_KEY=… of the crontab.

Examples:
  precursor schedule install
  precursor schedule status
  precursor schedule remove
  precursor schedule follow`,
    )
    .action(async (action: string, _: unknown, command: Command) => {
      const options = optionsOf(command)
      const { aws, lake } = options
      const universe = options.universe ?? process.env.PRECURSOR_UNIVERSE
      if (!actions.includes(action)) throw unknownName('action', action, actions)
      if (aws) throw new UsageError('a deployment has its own schedule: remove --aws')
      const scheduled = {
        program: [process.execPath, bin],
        folder: process.cwd(),
        lake: resolve(lake),
        ...(universe ? { universe: resolve(universe) } : {}),
      }
      if (action === 'follow') return end(await followEvenings(scheduled))
      if (action === 'once') return end(await runOnce(scheduled))
      const scheduler = schedulerOfMachine()
      if (action === 'install') return say(`${pasteable(await scheduler.install(scheduled))}\n`)
      say(`${action === 'remove' ? await scheduler.remove() : scheduler.status()}\n`)
    })
