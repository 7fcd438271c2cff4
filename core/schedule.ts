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
  /** Absolute path of the universe, if it is not that of the folder. */
  readonly universe?: string
}

/** The arguments that run what is missing, and print what failed and one line. */
export const missedEvenings = ['run', '--missed', '--quiet', '--summary'] as const

/** The words that start the command line for a lake and its universe. */
export const wordsOf = ({ program, lake, universe }: Scheduled, rest: readonly string[]): readonly string[] => [
  ...program,
  '--lake',
  lake,
  ...(universe === undefined ? [] : ['--universe', universe]),
  ...rest,
]

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
ExecStart=${wordsOf(scheduled, missedEvenings).map(systemdWord).join(' ')}
SuccessExitStatus=2
`

/**
 * A timer whose hour passed while the machine was off starts when it is on again. The later hours run an evening in which no source
 * was reached; otherwise they find nothing to run.
 */
export const systemdTimer = (): string => `[Unit]
Description=Precursor: weekdays at 18:30 New York, and each hour until midnight if no source was reached

[Timer]
OnCalendar=Mon..Fri *-*-* ${eveningAt.hour}..23:${eveningAt.minute}:00 ${eveningAt.zone}
Persistent=true

[Install]
WantedBy=timers.target
`

const [begin, end] = ['# precursor: begin', '# precursor: end']

/**
 * A crontab with the lines of the schedule in place of earlier ones. The machine may keep any time zone, and cron of some systems
 * knows no other: the command starts every hour, and runs only evenings that have begun and have not been run. It writes a log of
 * its own, because cron rotates none.
 */
export const withCronLines = (crontab: string, scheduled: Scheduled | undefined): string => {
  const kept = withoutCronLines(crontab)
  if (!scheduled) return kept
  const command = wordsOf(scheduled, ['schedule', 'once']).map(shellWord).join(' ')
  // A percent sign ends the command in a crontab unless it is escaped.
  const line = `cd ${shellWord(scheduled.folder)} && ${command}`.replaceAll('%', '\\%')
  return [...(kept ? [kept.trimEnd()] : []), begin, `${eveningAt.minute} * * * * ${line}`, end, ''].join('\n')
}

const withoutCronLines = (crontab: string): string => {
  const lines = crontab.split('\n')
  const [from, to] = [lines.indexOf(begin), lines.indexOf(end)]
  return from < 0 || to < from ? crontab : [...lines.slice(0, from), ...lines.slice(to + 1)].join('\n')
}

export const hasCronLines = (crontab: string): boolean => crontab.includes(begin)
