/** The schedule in a process of its own, with a clock that is not that of the machine. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appendBounded } from '../../adapters/bounded-log.ts'
import { lastEvening, nextEvening } from '../../calendar/evenings.ts'
import { fakeClock } from '../../tools/fake-clock.ts'
import { newFolder } from '../support/lake.ts'
import { bin, environment, precursor } from '../support/precursor.ts'

describe('an evening', () => {
  it.each([
    ['2025-11-20T22:00:00Z', '2025-11-19', '2025-11-20T23:30:00.000Z'],
    ['2025-11-20T23:30:00Z', '2025-11-20', '2025-11-21T23:30:00.000Z'],
    ['2025-11-22T12:00:00Z', '2025-11-21', '2025-11-24T23:30:00.000Z'],
    // Thanksgiving, and the early close after it.
    ['2025-11-27T23:30:00Z', '2025-11-26', '2025-11-28T23:30:00.000Z'],
    ['2025-11-28T20:00:00Z', '2025-11-26', '2025-11-28T23:30:00.000Z'],
    // Summer time.
    ['2025-07-01T22:29:59Z', '2025-06-30', '2025-07-01T22:30:00.000Z'],
  ])('at %s the last one is that of %s, and the next one begins at %s', (now, last, next) => {
    expect(lastEvening(new Date(now))).toBe(last)
    expect(nextEvening(new Date(now))?.toISOString()).toBe(next)
  })
})

/** A working folder that follows little. */
const workingFolder = (): string => {
  const folder = newFolder()
  writeFileSync(join(folder, 'universe.json'), JSON.stringify({ preset: 'minimal' }))
  return folder
}

describe('follow', () => {
  it('runs the evening before, then each evening at 18:30 New York, and ends when it is stopped', async () => {
    const folder = workingFolder()
    const child = spawn(process.execPath, [bin, '--lake', 'lake', 'schedule', 'follow'], {
      cwd: folder,
      env: environment(fakeClock(newFolder(), '2025-11-20T22:20:00Z')),
    })
    let stdout = ''
    child.stdout.on('data', (chunk) => (stdout += chunk))
    const evenings = () => [...stdout.matchAll(/^(\d{4}-\d\d-\d\d) · [1-9]\d* landed/gm)].map(([, session]) => session)
    while (!evenings().includes('2025-11-20')) await new Promise((resolve) => setTimeout(resolve, 100))
    child.kill('SIGTERM')
    const [status] = await once(child, 'close')
    expect(status).toBe(130)
    expect(evenings()).toEqual(['2025-11-19', '2025-11-20'])
    // Sources that refused the response failed, so it looks an hour later; it finds nothing to run.
    expect(stdout).toMatch(/next: 2025-11-20 1\d:\d\d New York\n/)
    expect(stdout).toMatch(/next: 2025-11-20 18:30 New York\n/)
  })
})

describe('once', () => {
  it('runs what is missing and adds it to the log with the instant, which the next call leaves as it is', () => {
    const folder = workingFolder()
    const call = (instant: string) =>
      spawnSync(process.execPath, [bin, '--lake', 'lake', 'schedule', 'once'], {
        cwd: folder,
        encoding: 'utf8',
        env: environment(fakeClock(newFolder(), instant)),
      })
    const log = () => readFileSync(join(folder, 'precursor-schedule.log'), 'utf8')
    expect(call('2025-11-20T23:30:00Z')).toMatchObject({ stdout: '', stderr: '' })
    const first = log()
    expect(first).toMatch(/^2025-11-20T23:3\d:\d\d\.\d{3}Z 2025-11-20 · [1-9]\d* landed · 0 rejected · \d+ failed · /m)
    expect(call('2025-11-21T00:30:00Z')).toMatchObject({ status: 0, stdout: '', stderr: '' })
    expect(log()).toBe(first)
  })

  it('writes also the error of a run that could not begin, and makes no lake', () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'universe.json'), '{')
    const args = [bin, '--lake', 'lake', 'schedule', 'once']
    expect(spawnSync(process.execPath, args, { cwd: folder, env: environment() }).status).toBe(64)
    expect(readFileSync(join(folder, 'precursor-schedule.log'), 'utf8')).toMatch(/Z error: universe\.json is not JSON/)
    expect(existsSync(join(folder, 'lake'))).toBe(false)
  })
})

/** A machine with these programs. They write what they are called with to `calls` in the folder. */
const machine = (programs: Readonly<Record<string, string>>) => {
  const folder = workingFolder()
  for (const [name, script] of Object.entries({ systemctl: 'exit 1', ...programs }))
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >> '${folder}/calls'\n${script}\n`, { mode: 0o755 })
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [bin, '--lake', 'lake', '--universe', 'universe.json', 'schedule', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: environment({ PATH: `${folder}:/bin:/usr/bin`, HOME: folder, XDG_CONFIG_HOME: join(folder, 'config') }),
    })
  return { folder, run }
}

describe('install, status and remove', () => {
  it('write and take back a line of cron where there is no systemd; the line works', () => {
    const table = `if [ "$1" = -l ]; then cat "$HOME/table" 2>/dev/null; else cat > "$HOME/table"; fi`
    const { folder, run } = machine({ crontab: table })
    writeFileSync(join(folder, 'table'), '0 5 * * * true\n')
    expect(run('status').stdout).toBe('no schedule is installed\n')
    expect(run('install')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^crontab: each hour/) })
    expect(run('status').stdout).toMatch(/^crontab: each hour/)
    const [, line] = /^30 \* \* \* \* (.*)$/m.exec(readFileSync(join(folder, 'table'), 'utf8'))!
    writeFileSync(join(folder, 'universe.json'), '{')
    spawnSync('sh', ['-c', line!.replaceAll('\\%', '%')], { cwd: '/', env: environment() })
    expect(readFileSync(join(folder, 'precursor-schedule.log'), 'utf8')).toMatch(/universe\.json is not JSON/)
    expect(run('remove').stdout).toBe('removed\n')
    expect(readFileSync(join(folder, 'table'), 'utf8')).toBe('0 5 * * * true\n')
  })

  it('write, start and take back a timer of systemd', () => {
    const { folder, run } = machine({ systemctl: 'exit 0' })
    const units = join(folder, 'config', 'systemd', 'user')
    expect(run('install')).toMatchObject({ status: 0, stdout: expect.stringMatching(/weekdays at 18:30 New York/) })
    expect(readFileSync(join(units, 'precursor.service'), 'utf8')).toContain(
      `--universe ${join(folder, 'universe.json')} `,
    )
    expect(readFileSync(join(folder, 'calls'), 'utf8')).toMatch(/enable --now precursor\.timer/)
    expect(run('remove').stdout).toBe('removed\n')
    expect(existsSync(join(units, 'precursor.timer'))).toBe(false)
    expect(run('remove').stdout).toBe('no schedule is installed\n')
  })

  it('name another way where there is neither', () => {
    const { folder } = machine({})
    const call = (action: string) =>
      spawnSync(process.execPath, [bin, 'schedule', action], {
        cwd: folder,
        encoding: 'utf8',
        env: environment({ PATH: folder }),
      })
    const stderr = expect.stringMatching(/keep `.* schedule follow` running/)
    expect(call('install')).toMatchObject({ status: 64, stderr })
    expect(call('status')).toMatchObject({ status: 0, stdout: 'no schedule is installed\n' })
    expect(call('remove')).toMatchObject({ status: 0, stdout: 'nothing to remove: no schedule is installed\n' })
  })
})

describe('the log', () => {
  it('is at most two files of 1 MiB', async () => {
    const file = join(newFolder(), 'x.log')
    const line = `${'x'.repeat(99_999)}\n`
    for (let i = 0; i < 35; i++) await appendBounded(file, line)
    expect(readFileSync(file, 'utf8')).toBe(line.repeat(5))
    expect(readFileSync(`${file}.1`, 'utf8')).toBe(line.repeat(10))
  })
})

it('an action that is not known names the nearest', () => {
  expect(precursor(newFolder(), 'schedule', 'folow')).toMatchObject({
    status: 64,
    stderr: expect.stringMatching(/no action folow; did you mean follow\?/),
  })
})
