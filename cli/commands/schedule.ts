/** `precursor schedule`: evenings that run by themselves on this machine. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { schedulerOfMachine } from '../../adapters/scheduler.ts'
import { UsageError } from '../../core/errors.ts'
import { unknownName } from '../../core/nearest.ts'
import { bin, pasteable } from '../invocation.ts'
import { say } from '../output.ts'
import { optionsOf } from '../session.ts'
import { commandNamed } from './list.ts'

const actions = ['install', 'status', 'remove']

export const scheduleCommand = () =>
  commandNamed('schedule')
    .addHelpText(
      'after',
      `
The schedule runs \`precursor run --missed --summary\` in this folder, with its universe.json: with systemd on weekdays at 18:30 New York,
and after the machine was off; with cron each hour. A day without a session runs nothing. Evenings that were missed are made up.
Keys of sources, such as FRED_API_KEY, must be set where the scheduler finds them (\`systemctl --user edit precursor.service\`).

Examples:
  precursor schedule install
  precursor schedule status
  precursor schedule remove`,
    )
    .action(async (action: string, _: unknown, command: Command) => {
      const { aws, lake } = optionsOf(command)
      if (!actions.includes(action)) throw unknownName('action', action, actions)
      if (aws) throw new UsageError('a deployment has its own schedule: remove --aws')
      const scheduler = schedulerOfMachine()
      const scheduled = { program: [process.execPath, bin], folder: process.cwd(), lake: resolve(lake) }
      if (action === 'install') return say(`${pasteable(await scheduler.install(scheduled))}\n`)
      say(`${action === 'remove' ? await scheduler.remove() : scheduler.status()}\n`)
    })
