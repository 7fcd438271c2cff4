/** Evenings that run by themselves: no network, missed sessions, quiet and summary, Ctrl-C, backup and restore. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { localPlatform } from '../../adapters/local.ts'
import { copyFolder, newFolder, writeInput } from '../support/lake.ts'
import { oldLake } from '../support/old-lake.ts'
import { bin, environment, precursor, precursorBeside } from '../support/precursor.ts'

/** A universe with few requests, and a process whose requests all fail as without a network. */
const universe = () =>
  writeInput('universe.json', JSON.stringify({ preset: 'minimal', contact: 'Jane jane@example.com' }))
const offline = () => ({
  NODE_OPTIONS: `--import ${writeInput(
    'offline.mjs',
    `globalThis.fetch = async () => { throw new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } }) }`,
  )}`,
})

describe('a run without a network', () => {
  it('asks each source a few times, names those that were not reached, and the evening stays to be run', async () => {
    const lake = newFolder()
    const args = ['--universe', universe(), 'run', '--missed', '--summary']
    for (const _ of ['first', 'second']) {
      const { status, stdout, stderr } = await precursorBeside(lake, args, offline())
      expect(status).toBe(1)
      expect(stdout).toMatch(/^\d{4}-\d\d-\d\d · 0 landed · 0 rejected · \d+ failed · 0 lit · .*\n$/)
      expect(stderr).toMatch(/not reached: .*cboe_volatility.*forexfactory_consensus.*; the next run asks them again/)
    }
  }, 600_000)
})

it('an evening that was run is not run again by --missed', async () => {
  const lake = newFolder()
  const csv = 'DATE,OPEN,HIGH,LOW,CLOSE\\n11/20/2025,22,28,19,26.42\\n'
  const answering = {
    NODE_OPTIONS: `--import ${writeInput('csv.mjs', `globalThis.fetch = async () => new Response('${csv}')`)}`,
  }
  const args = ['--universe', universe(), 'run', '--missed', '--source', 'cboe_volatility']
  const { stdout } = await precursorBeside(lake, [...args, '--summary'], answering)
  expect(stdout).toMatch(/ · [1-9]\d* landed · 0 rejected · 0 failed · /)
  expect(await precursorBeside(lake, args, offline())).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^nothing to run/),
  })
  expect(await precursorBeside(lake, [...args, '--quiet'], offline())).toEqual({ status: 0, stdout: '', stderr: '' })
}, 600_000)

it('--missed and --session exclude each other', () => {
  expect(precursor(newFolder(), 'run', '--missed', '--session', '2025-11-20')).toMatchObject({ status: 64 })
})

it('Ctrl-C ends a run at once, leaves no temporary files, and says how to go on', async () => {
  const lake = newFolder()
  const hang = writeInput('hang.mjs', 'globalThis.fetch = () => new Promise(() => setTimeout(() => {}, 1e6))')
  const child = spawn(process.execPath, [bin, '--lake', lake, '--universe', universe(), 'run'], {
    env: environment({ NODE_OPTIONS: `--import ${hang}` }),
  })
  let stderr = ''
  child.stderr.on('data', (chunk) => (stderr += chunk))
  while (!existsSync(join(lake, 'silver', 'sessions'))) await new Promise((resolve) => setTimeout(resolve, 100))
  child.kill('SIGINT')
  const [status] = await once(child, 'close')
  expect({ status, stderr }).toEqual({ status: 130, stderr: expect.stringMatching(/stopped: what has landed is kept/) })
  expect(readdirSync(join(lake, '.tmp')).filter((name) => name.startsWith('run-'))).toEqual([])
}, 600_000)

describe('a backup', () => {
  const bars = 'symbol,session,open,high,low,close,volume\nA,2025-11-19,1,2,1,2,5\nA,2025-11-20,1,4,1,3,5\n'
  const rows = (lake: string) =>
    precursor(lake, 'query', 'select session, close from latest_bars order by 1', '--format', 'csv').stdout
  let imported: string
  beforeAll(() => {
    imported = newFolder()
    const file = writeInput('bars.csv', bars)
    expect(precursor(imported, 'import', 'daily_bars', file, '--set', 'source=x')).toMatchObject({ status: 0 })
  })

  /** A lake into which the bars were imported. */
  const lakeWithBars = () => {
    const lake = newFolder()
    copyFolder(imported, lake)
    return lake
  }

  it('is verified, can be restored to another path, and is not written over', async () => {
    const lake = lakeWithBars()
    const copy = join(newFolder(), 'copy')
    expect(precursor(lake, 'backup', copy)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/ok +verified 1 payloads and \d+ objects: 0 damaged/),
    })
    expect(precursor(lake, 'backup', copy)).toMatchObject({ status: 64, stderr: expect.stringMatching(/is not empty/) })
    expect(precursor(lake, 'backup', join(lake, 'inside'))).toMatchObject({ status: 64 })
    const other = join(newFolder(), 'other')
    expect(precursor(other, 'restore', copy)).toMatchObject({ status: 0 })
    expect(rows(other)).toBe('session,close\n2025-11-19,2\n2025-11-20,3\n')
    expect(existsSync(join(other, 'lake.duckdb'))).toBe(true)
    const [versions, versionsThere] = await Promise.all(
      [lake, other].map((each) => localPlatform({ lake: each }).store.versions('silver')),
    )
    // So that no stored result is stale there. A restore also publishes, which adds the dictionary.
    expect([...versionsThere!]).toEqual(expect.arrayContaining([...versions!]))
    expect(precursor(other, 'import', 'daily_bars', writeInput('b.csv', bars), '--set', 'source=y').status).toBe(0)
  })

  it('that was interrupted is named as unfinished, and the same command goes on with it', async () => {
    const lake = lakeWithBars()
    const copy = join(newFolder(), 'copy')
    const mark = join(copy, 'unfinished-copy.json')
    const isMarked = () => {
      try {
        return readFileSync(mark, 'utf8').endsWith('\n')
      } catch {
        return false
      }
    }
    // A backup may end, or be killed while it writes the mark, before it is seen to have begun.
    while (!isMarked()) {
      rmSync(copy, { recursive: true, force: true })
      const child = spawn(process.execPath, [bin, '--lake', lake, 'backup', copy], { env: environment() })
      const closed = once(child, 'close')
      while (!isMarked() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5))
      child.kill('SIGKILL')
      await closed
    }
    const other = join(newFolder(), 'other')
    const unfinished = { status: 64, stderr: expect.stringMatching(/is an unfinished backup of .* goes on with it/) }
    expect(precursor(other, 'restore', copy)).toMatchObject(unfinished)
    expect(precursor(copy, 'query', 'select 1')).toMatchObject(unfinished)
    expect(precursor(newFolder(), 'backup', copy)).toMatchObject({
      status: 64,
      stderr: expect.stringMatching(/is an unfinished backup of .*: choose another folder, or remove this one/),
    })
    expect(precursor(lake, 'backup', copy)).toMatchObject({ status: 0, stdout: expect.stringMatching(/: 0 damaged/) })
    expect(rows(copy)).toBe('session,close\n2025-11-19,2\n2025-11-20,3\n')
  }, 600_000)

  it('that is damaged says so', () => {
    const lake = lakeWithBars()
    const copy = newFolder()
    copyFolder(lake, copy)
    writeFileSync(join(copy, 'silver', 'daily_bars', 'year=2025', 'data.parquet'), 'x')
    expect(precursor(join(newFolder(), 'new'), 'restore', copy)).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/bad +silver\/daily_bars\/year=2025\/data\.parquet is damaged/),
    })
  })

  it('of a lake of an earlier version is the way back from an upgrade', () => {
    const [lake, other] = [newFolder(), join(newFolder(), 'other')]
    copyFolder(oldLake, lake)
    const copy = join(newFolder(), 'copy')
    expect(precursor(lake, 'backup', copy)).toMatchObject({ status: 0, stdout: expect.stringMatching(/: 0 damaged/) })
    expect(precursor(lake, 'publish')).toMatchObject({ status: 0 })
    expect(precursor(other, 'restore', copy)).toMatchObject({ status: 0 })
    for (const each of [lake, other])
      expect(precursor(each, 'query', 'select count(*) as n from daily_bars', '--format', 'csv').stdout).toBe('n\n3\n')
  })

  it('and a lake may simply be moved: it answers at its new place', () => {
    const lake = lakeWithBars()
    const moved = join(newFolder(), 'moved')
    mkdirSync(join(moved, '..'), { recursive: true })
    renameSync(lake, moved)
    expect(rows(moved)).toBe('session,close\n2025-11-19,2\n2025-11-20,3\n')
  })
})
