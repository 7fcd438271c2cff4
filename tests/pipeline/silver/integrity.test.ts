/** Damaged, missing and older objects: they are named, nothing is derived from them, and rebuild repairs them. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { messageOf } from '../../../core/errors.ts'
import { check } from '../../../pipeline/check/check.ts'
import { compute } from '../../../pipeline/compute/compute.ts'
import { damagedPayloads } from '../../../pipeline/ingest/bronze-integrity.ts'
import { importBodies } from '../../../pipeline/ingest/import-files.ts'
import { rebuild } from '../../../pipeline/ingest/rebuild.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import { damagedObjects, missingObjects } from '../../../pipeline/silver/integrity.ts'
import { derivedHashes, hashes, openTestLake } from '../../support/lake.ts'

const header = 'symbol,session,open,high,low,close,volume'
const bars = (symbol: string, sessions: readonly string[]) =>
  [header, ...sessions.map((session, i) => `${symbol},${session},1,3,1,2,${i + 1}`)].join('\n')

const importBars = (lake: Lake, symbol: string, sessions: readonly string[]) =>
  importBodies(lake, 'daily_bars', [{ name: `${symbol}.csv`, body: Buffer.from(`${bars(symbol, sessions)}\n`) }], {
    source: `desk_${symbol}`,
  })

const old = 'silver/daily_bars/year=2024/data.parquet'

/** Two imports with rows in two years each. */
const withBars = async () => {
  const opened = await openTestLake({ at: '2025-11-21T15:00:00Z' })
  for (const [i, symbol] of ['A', 'B'].entries()) {
    opened.clock.set(`2025-11-21T15:0${i}:00Z`)
    expect(await importBars(opened.lake, symbol, ['2024-12-30', '2024-12-31', '2025-01-02'])).toMatchObject({
      status: 'ok',
      error: null,
    })
  }
  opened.clock.set('2025-11-21T15:30:00Z')
  return { ...opened, whole: derivedHashes(opened.folder) }
}

/** Inverts one bit in the middle of a file. The time of the file stays as it would with a failing disk. */
const flip = (folder: string, key: string) => {
  const bytes = readFileSync(join(folder, key))
  const at = Math.floor(bytes.length / 3)
  bytes[at] = bytes[at]! ^ 1
  writeFileSync(join(folder, key), bytes)
}
const cut = (folder: string, key: string) =>
  writeFileSync(join(folder, key), readFileSync(join(folder, key)).subarray(0, 100))
const remove = (folder: string, key: string) => rmSync(join(folder, key))

const bronzeFile = (folder: string, symbol: string, ending: string) =>
  Object.keys(hashes(folder, 'bronze')).find((key) => {
    const record = key.endsWith('.json') ? key : ''
    return ending === '.json' ? record.includes(`${symbol}.csv`) : !record && `${key}`.endsWith(ending)
  })!

const bodyOf = (folder: string, symbol: string) =>
  (JSON.parse(readFileSync(join(folder, bronzeFile(folder, symbol, '.json')), 'utf8')) as { body: string }).body

describe.each([
  ['with a flipped bit', flip],
  ['cut short', cut],
  ['removed', remove],
])('an object of silver that is %s', (_, harm) => {
  it('is named, takes no new rows, and rebuild derives it again from all its payloads', async () => {
    const { lake, folder, clock, whole } = await withBars()
    harm(folder, old)
    const { damages } = await damagedObjects(lake)
    expect(damages.map(({ key }) => key)).toEqual([old])
    const damaged = derivedHashes(folder)
    expect(await importBars(lake, 'C', ['2024-12-31'])).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/year=2024\/data\.parquet is damaged: .*Run `precursor rebuild`/),
    })
    expect(derivedHashes(folder)[old]).toEqual(damaged[old])
    for (const name of readdirSync(join(folder, 'bronze/import/2025-11-21')).filter((each) => each.includes('C.csv')))
      rmSync(join(folder, 'bronze/import/2025-11-21', name))
    clock.set('2025-11-22T15:00:00Z')
    const outcomes = await rebuild(lake, ['cboe_volatility'])
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([])
    expect(outcomes).toContainEqual(expect.objectContaining({ subject: old, status: 'ok' }))
    expect(derivedHashes(folder)).toEqual(whole)
    expect((await damagedObjects(lake)).damages).toEqual([])
    await lake.close()
  })
})

describe('a ledger that is damaged', () => {
  it('is derived again with all that it lists', async () => {
    const { lake, folder, whole } = await withBars()
    flip(folder, 'silver/payloads/year=2025/data.parquet')
    await rebuild(lake, [])
    expect(derivedHashes(folder)).toEqual(whole)
    await lake.close()
  })
})

describe('a year that is missing', () => {
  it('is a finding of check', async () => {
    const { lake, folder } = await withBars()
    expect(await missingObjects(lake.platform.store)).toEqual([])
    remove(folder, old)
    expect(await check(lake, '2025-11-20')).toContainEqual(
      expect.objectContaining({
        subject: `missing_object ${old}`,
        error: expect.stringContaining('precursor rebuild'),
      }),
    )
    await lake.close()
  })

  it('of a computed relation is computed again', async () => {
    const { lake, folder } = await withBars()
    await compute(lake)
    const made = hashes(folder, 'silver')
    const key = Object.keys(made).find(
      (each) => each.startsWith('silver/precursor_percentiles') || each.includes('as_known'),
    )
    if (!key) throw new Error(`nothing computed: ${Object.keys(made).join(' ')}`)
    remove(folder, key)
    await compute(lake)
    expect(hashes(folder, 'silver')).toEqual(made)
    await lake.close()
  })
})

describe('a payload that has landed and is lost', () => {
  const cases = [
    ['its record is removed', (folder: string) => remove(folder, bronzeFile(folder, 'A', '.json'))],
    ['its record is damaged', (folder: string) => cut(folder, bronzeFile(folder, 'A', '.json'))],
    ['its body is removed', (folder: string) => remove(folder, bodyOf(folder, 'A'))],
    [
      'its body has other bytes',
      (folder: string) => renameSync(join(folder, bodyOf(folder, 'B')), join(folder, bodyOf(folder, 'A'))),
    ],
  ] as const

  it.each(cases)('%s: neither rebuild nor a late payload removes its rows', async (_, harm) => {
    const { lake, folder, whole, clock } = await withBars()
    harm(folder)
    const failed = {
      status: 'failed',
      error: expect.stringMatching(/bronze\/import\/.*Silver was left as it is\. Restore .*precursor rebuild import/s),
    }
    const outcomes = await rebuild(lake, ['import'])
    expect(outcomes).toContainEqual(expect.objectContaining({ subject: 'import', ...failed }))
    expect(derivedHashes(folder)).toEqual(whole)
    // Another answer under the same name, received earlier: everything would be derived again.
    clock.set('2025-11-21T14:00:00Z')
    expect(await importBars(lake, 'B', ['2025-01-03'])).toMatchObject(failed)
    expect(derivedHashes(folder)).toEqual(whole)
    await lake.close()
  })

  it('is found by verification', async () => {
    const { lake, folder } = await withBars()
    expect((await damagedPayloads(lake)).problems).toEqual([])
    const body = bodyOf(folder, 'A')
    flip(folder, body)
    const { problems } = await damagedPayloads(lake)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(body.split('.')[0])
    await lake.close()
  })
})

/** A lake that runs `meanwhile` once, before it reads the objects of daily bars. */
const interleaved = (lake: Lake, meanwhile: () => Promise<unknown>): Lake => {
  let isDone = false
  const { store } = lake.platform
  const snapshot: typeof store.snapshot = async (key) => {
    if (!isDone && key.startsWith('silver/daily_bars')) {
      isDone = true
      await meanwhile()
    }
    return store.snapshot(key)
  }
  return { ...lake, platform: { ...lake.platform, store: { ...store, snapshot } } }
}

describe('an import that lands', () => {
  const lakes = async () => {
    const { lake, folder, clock } = await withBars()
    const other = await openTestLake({ folder, at: '2025-11-21T16:00:00Z' })
    return { lake, folder, clock, other: other.lake }
  }
  const ok = { status: 'ok', error: null }

  it('while a rebuild has listed bronze keeps its rows', async () => {
    const { lake, folder, other } = await lakes()
    const outcomes = await rebuild(
      interleaved(lake, async () => expect(await importBars(other, 'C', ['2025-01-03'])).toMatchObject(ok)),
      ['import'],
    )
    expect(outcomes).toMatchObject([ok])
    await lake.refresh()
    expect(
      await lake.engine.rows('select symbol, count(*) as n from daily_bars group by symbol order by symbol'),
    ).toEqual([
      { symbol: 'A', n: 3 },
      { symbol: 'B', n: 3 },
      { symbol: 'C', n: 1 },
    ])
    const landed = derivedHashes(folder)
    await rebuild(lake, ['import'])
    expect(derivedHashes(folder)).toEqual(landed)
    await other.close()
    await lake.close()
  })

  it('is merged but not in the ledger yet when a rebuild comes: both keep its rows', async () => {
    const { lake, folder, other } = await lakes()
    let isDone = false
    const { store } = other.platform
    const snapshot: typeof store.snapshot = async (key) => {
      if (!isDone && key.startsWith('silver/payloads')) {
        isDone = true
        expect(await rebuild(lake, ['import'])).toMatchObject([ok])
      }
      return store.snapshot(key)
    }
    const paused = { ...other, platform: { ...other.platform, store: { ...store, snapshot } } }
    expect(await importBars(paused, 'C', ['2025-01-03'])).toMatchObject(ok)
    expect(isDone).toBe(true)
    const landed = derivedHashes(folder)
    expect(await rebuild(lake, ['import'])).toMatchObject([{ rowCount: 7 }])
    expect(derivedHashes(folder)).toEqual(landed)
    await other.close()
    await lake.close()
  })

  it('after a later answer to the same request, which came while it was landing, gives the bytes of a rebuild', async () => {
    const { lake, folder, clock, other } = await lakes()
    clock.set('2025-11-21T15:40:00Z')
    const earlier = interleaved(lake, () => importBars(other, 'A', ['2025-01-03', '2025-01-02', '2025-01-06']))
    expect(await importBars(earlier, 'A', ['2025-01-03', '2025-01-06'])).toMatchObject(ok)
    const landed = derivedHashes(folder)
    await rebuild(lake, ['import'])
    expect(derivedHashes(folder)).toEqual(landed)
    await other.close()
    await lake.close()
  })
})

describe('a damaged record of a payload that has not landed', () => {
  it('is named by each run, and the other payloads of its source land', async () => {
    const { lake, folder, clock } = await withBars()
    const stray = 'bronze/import/2025-11-21/20251121T150000.000Z-00.csv.gz.daily_bars-C.csv.json'
    writeFileSync(join(folder, stray), '{"source":"import","key":"daily')
    clock.set('2025-11-21T16:00:00Z')
    const error = `ContractError: ${stray} is damaged: it is not the record of the payload beside it`
    expect(await importBars(lake, 'D', ['2025-01-02'])).toMatchObject({ status: 'failed', rowCount: 1, error })
    const [{ status, rowCount, error: again } = {}] = await rebuild(lake, ['import'])
    expect({ status, rowCount, again }).toEqual({ status: 'failed', rowCount: 7, again: error })
    remove(folder, stray)
    expect(await rebuild(lake, ['import'])).toMatchObject([{ status: 'ok', rowCount: 7 }])
    await lake.close()
  })
})

describe('precursor doctor --verify', () => {
  const verify = (folder: string) => {
    const program = fileURLToPath(new URL('../../../bin/precursor.mjs', import.meta.url))
    const args = [program, '--lake', folder, 'doctor', '--offline', '--verify']
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    return { status, bad: stdout.split('\n').filter((line) => line.startsWith('bad')) }
  }

  it('names a record that is gone, and a body that is cut short', async () => {
    const { lake, folder } = await withBars()
    await lake.close()
    const gone = bronzeFile(folder, 'A', '.json')
    const body = bodyOf(folder, 'B')
    remove(folder, gone)
    writeFileSync(join(folder, body), readFileSync(join(folder, body)).subarray(0, 20))
    const { status, bad } = verify(folder)
    expect(status).toBe(1)
    expect(bad.join('\n')).toContain(`${gone} is missing: its payload has landed, and its record is gone`)
    expect(bad.join('\n')).toContain(`${body} is damaged: it cannot be decompressed`)
  })

  it('names each damaged object of bronze, silver and mart, and its exit code is that of a failure', async () => {
    const { lake, folder } = await withBars()
    await lake.platform.store.put('mart/a/data.parquet', Buffer.from('mart'), 'absent')
    await lake.close()
    flip(folder, old)
    writeFileSync(join(folder, 'mart/a/data.parquet'), 'other')
    remove(folder, 'silver/daily_bars/year=2025/data.parquet')
    const body = bodyOf(folder, 'A')
    flip(folder, body)
    const { status, bad } = verify(folder)
    expect(status).toBe(1)
    for (const key of [old, 'mart/a/data.parquet', 'silver/daily_bars/year=2025/data.parquet', body])
      expect(bad.join('\n')).toContain(key)
  })
})

describe('an error', () => {
  it('of a query names the object that cannot be read', async () => {
    const { lake, folder } = await withBars()
    cut(folder, old)
    await lake.refresh()
    const error = await lake.engine.rows('select count(*) from daily_bars').catch(messageOf)
    expect(error).toContain(`${old} is damaged`)
    expect(error).toContain('precursor rebuild')
    expect(await lake.engine.rows('select count(*) > 0 as is_there from sessions')).toEqual([{ is_there: true }])
    await lake.close()
  })
})
