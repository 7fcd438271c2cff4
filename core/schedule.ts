/** The schedule of the evenings on a desk, as a systemd timer or a line of cron. Pure: texts only. */

import { shellWord } from './shell-word.ts'

/** 18:30 New York: after the sources of the evening, before its cut at 20:00. */
export const eveningAt = { hour: 18, minute: 30, zone: 'America/New_York' } as const

export interface Scheduled {
  /** Words that start the command line, such as `/usr/bin/node /opt/precursor/bin/precursor.mjs`. */
  readonly program: readonly string[]
  /** Folder in which it runs, with the universe.json. */
  readonly folder: string
  /** Absolute path of the lake. */
  readonly lake: string
}

const command = ({ program, lake }: Scheduled, quote: (word: string) => string): string =>
  [...program, '--lake', lake, 'run', '--missed', '--summary'].map(quote).join(' ')

/** Specifiers begin with %, variables with $; both are literal if doubled. */
const systemdWord = (word: string): string => {
  const text = word.replaceAll('%', '%%').replaceAll('$', '$$$$')
  return /^[\w@+=:,./%-]+$/.test(text) ? text : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

export const systemdService = (scheduled: Scheduled): string => `[Unit]
Description=Precursor: the evening of each session that has not been run
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory=${scheduled.folder.replaceAll('%', '%%')}
ExecStart=${command(scheduled, systemdWord)}
SuccessExitStatus=2
`

/** A timer whose hour passed while the machine was off starts when it is on again. */
export const systemdTimer = (): string => `[Unit]
Description=Precursor: weekdays at 18:30 New York

[Timer]
OnCalendar=Mon..Fri *-*-* ${eveningAt.hour}:${eveningAt.minute}:00 ${eveningAt.zone}
Persistent=true

[Install]
WantedBy=timers.target
`

const [begin, end] = ['# precursor: begin', '# precursor: end']

/**
 * A crontab with the lines of the schedule in place of earlier ones. The machine may keep any time zone, and cron of some systems
 * knows no other: the command starts every hour of the evening, and runs only what is missing.
 */
export const withCronLines = (crontab: string, scheduled: Scheduled | undefined): string => {
  const kept = withoutCronLines(crontab)
  if (!scheduled) return kept
  // A percent sign ends the command in a crontab unless it is escaped.
  const line = `cd ${shellWord(scheduled.folder)} && ${command(scheduled, shellWord)} >> ${shellWord(`${scheduled.lake}/schedule.log`)} 2>&1`
  return [...(kept ? [kept.trimEnd()] : []), begin, `30 * * * * ${line.replaceAll('%', '\\%')}`, end, ''].join('\n')
}

const withoutCronLines = (crontab: string): string => {
  const lines = crontab.split('\n')
  const [from, to] = [lines.indexOf(begin), lines.indexOf(end)]
  return from < 0 || to < from ? crontab : [...lines.slice(0, from), ...lines.slice(to + 1)].join('\n')
}

export const hasCronLines = (crontab: string): boolean => crontab.includes(begin)
