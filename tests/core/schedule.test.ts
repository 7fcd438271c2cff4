/** The schedule of the evenings: systemd units and lines of cron. */
import { describe, expect, it } from 'vitest'
import { hasCronLines, systemdService, systemdTimer, withCronLines } from '../../core/schedule.ts'

const scheduled = {
  program: ['/usr/bin/node', '/opt/pre cursor/bin/precursor.mjs'],
  folder: '/home/a/100%',
  lake: "/home/a/it's",
}

describe('a systemd unit', () => {
  it('starts on weekdays at 18:30 New York and each hour until midnight, and later if the machine was off', () => {
    expect(systemdTimer()).toMatch(/OnCalendar=Mon\.\.Fri \*-\*-\* 18\.\.23:30:00 America\/New_York\nPersistent=true/)
  })

  it('runs the missed evenings in the folder, with every word quoted', () => {
    expect(systemdService(scheduled)).toContain('WorkingDirectory=/home/a/100%%\n')
    expect(systemdService(scheduled)).toContain(
      `ExecStart=/usr/bin/node "/opt/pre cursor/bin/precursor.mjs" --lake "/home/a/it's" run --missed --quiet --summary\n`,
    )
    expect(systemdService({ ...scheduled, universe: '/home/a/$x.json' })).toContain(
      ' --universe "/home/a/$$x.json" run --missed ',
    )
  })
})

describe('a crontab', () => {
  const others = '# mine\n0 5 * * * true\n'

  it('gets one line beside the lines of others, and loses it again', () => {
    const made = withCronLines(others, scheduled)
    expect(made).toContain(others)
    expect(made).toMatch(/^30 \* \* \* \* cd '\/home\/a\/100\\%' && \/usr\/bin\/node '.*' --lake '.*' schedule once$/m)
    expect(withCronLines(made, scheduled)).toBe(made)
    expect(hasCronLines(made)).toBe(true)
    expect(withCronLines(made, undefined)).toBe(others)
    expect(hasCronLines(others)).toBe(false)
  })

  it('may have been empty', () => {
    expect(withCronLines(withCronLines('', scheduled), undefined)).toBe('')
  })
})
