/** The scheduler of this machine: systemd of the user if it runs, else cron. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '../core/errors.ts'
import { hasCronLines, type Scheduled, systemdService, systemdTimer, withCronLines } from '../core/schedule.ts'

const run = (program: string, args: readonly string[], input?: string) => {
  const { status, stdout, stderr, error } = spawnSync(program, [...args], {
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  })
  return { isDone: status === 0 && !error, isThere: !error, stdout: stdout ?? '', stderr: stderr ?? '' }
}

const timer = 'precursor.timer'
const notInstalled = 'no schedule is installed'
const hourly =
  'crontab: each hour, the evenings that have not been run. Their log is precursor-schedule.log in the working folder.'

export interface Scheduler {
  readonly name: 'systemd' | 'cron' | 'none'
  install(scheduled: Scheduled): Promise<string>
  remove(): Promise<string>
  status(): string
}

const systemd = (): Scheduler => {
  const folder = join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'systemd', 'user')
  const control = (...args: string[]) => {
    const { isDone, stdout, stderr } = run('systemctl', ['--user', ...args])
    if (!isDone) throw new UsageError(`systemctl --user ${args.join(' ')}: ${stderr.trim() || stdout.trim()}`)
  }
  return {
    name: 'systemd',
    install: async (scheduled) => {
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, 'precursor.service'), systemdService(scheduled))
      await writeFile(join(folder, timer), systemdTimer())
      control('daemon-reload')
      control('enable', '--now', timer)
      return `${join(folder, timer)}: weekdays at 18:30 New York. \`loginctl enable-linger\` lets it run while you are logged out; \`journalctl --user -u precursor.service\` shows its log.`
    },
    remove: async () => {
      if (!existsSync(join(folder, timer))) return notInstalled
      run('systemctl', ['--user', 'disable', '--now', timer])
      for (const name of ['precursor.service', timer]) await rm(join(folder, name), { force: true })
      run('systemctl', ['--user', 'daemon-reload'])
      return 'removed'
    },
    status: () =>
      existsSync(join(folder, timer))
        ? run('systemctl', ['--user', 'list-timers', '--all', timer]).stdout.trimEnd()
        : notInstalled,
  }
}

const cron = (): Scheduler => {
  // The command fails if the user has no crontab. Its output is empty then.
  const present = () => run('crontab', ['-l']).stdout
  const write = (text: string) => {
    const { isDone, stderr } = run('crontab', ['-'], text)
    if (!isDone) throw new UsageError(`the crontab cannot be written: ${stderr.trim()}`)
  }
  return {
    name: 'cron',
    install: async (scheduled) => {
      write(withCronLines(present(), scheduled))
      return hourly
    },
    remove: async () => {
      if (!hasCronLines(present())) return notInstalled
      write(withCronLines(present(), undefined))
      return 'removed'
    },
    status: () => (hasCronLines(present()) ? hourly : notInstalled),
  }
}

/** On a machine without a scheduler nothing can be installed, so that nothing is. */
const none: Scheduler = {
  name: 'none',
  install: () =>
    Promise.reject(
      new UsageError(
        'this machine has neither systemd for users nor cron: keep `precursor schedule follow` running, or start `precursor schedule once` each hour',
      ),
    ),
  remove: async () => `nothing to remove: ${notInstalled}`,
  status: () => notInstalled,
}

export const schedulerOfMachine = (): Scheduler => {
  if (run('systemctl', ['--user', 'show-environment']).isDone) return systemd()
  if (run('crontab', ['-l']).isThere) return cron()
  return none
}
