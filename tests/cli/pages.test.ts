/** Pages of a lake that nobody has filled for long, or that has lost rows: they say so, on the page and by the exit code. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { localPlatform } from '../../adapters/local.ts'
import { openLake } from '../../cli/client/open-lake.ts'
import { openDesk } from '../../cli/desk/desk.ts'
import { presetUniverse } from '../../core/universe.ts'
import { describeBrowser, openBrowser, openFile } from '../support/browser.ts'
import { widthOf } from '../support/in-page.ts'
import { copyFolder, newFolder, writeInput } from '../support/lake.ts'
import { bin, environment, precursor } from '../support/precursor.ts'

const sessions = ['2025-11-19', '2025-11-20']
const stale = /stale: the lake ends with 2025-11-20, \d+ sessions before/

/** A lake of two old evenings, of an index and of the symbol A. */
const oldLake = (): string => {
  const folder = newFolder()
  const bars = ['GSPC', 'A'].flatMap((symbol) => sessions.map((session) => `${symbol},${session},1,2,1,2,5`))
  const file = writeInput('bars.csv', ['symbol,session,open,high,low,close,volume', ...bars, ''].join('\n'))
  expect(precursor(folder, 'import', 'daily_bars', file, '--set', 'source=x')).toMatchObject({ status: 0 })
  expect(precursor(folder, 'publish')).toMatchObject({ status: 0 })
  return folder
}

let lake: string
beforeAll(() => {
  lake = oldLake()
})

describe('the report of a symbol', () => {
  const report = (...more: string[]) => precursor(lake, 'report', ...more, '--output', '-')

  it.each([
    ['en', 'STALE: the lake ends with the session 2025-11-20', 'Made at '],
    ['zh', '数据已过时：数据湖止于 2025-11-20', '生成'],
  ])('says in %s that the lake is stale, and by which version it was made', (language, banner, made) => {
    const { status, stdout, stderr } = report('--symbol', 'A', '--language', language)
    expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringMatching(stale) })
    expect(stdout).toContain(banner)
    expect(stdout).toContain(made)
  })

  it('of a session that is named is as old as it should be', () => {
    expect(report('2025-11-20', '--symbol', 'A')).toMatchObject({ status: 0, stderr: '' })
    const earlier = report('2025-11-19', '--symbol', 'A')
    expect(earlier).toMatchObject({ status: 0, stderr: '' })
    expect(earlier.stdout).not.toContain('STALE')
  })

  it.each([
    [['--symbol', 'a'], /no bar of a; did you mean A\?/],
    [['2025-11-19', '--symbol', 'a'], /no bar of a; did you mean A\?/],
    [['--symbol', 'NOPE'], /no bar of NOPE; symbols are written as the exchange lists them/],
    [['2025-11-18', '--symbol', 'A'], /no bar of A on 2025-11-18; its latest is that of 2025-11-20/],
    [['2025-11-22', '--symbol', 'A'], /2025-11-22 is not an XNYS session: it is a Saturday/],
    [['--symbol', ''], /--symbol needs a symbol/],
  ])('is refused for %j', (args, reason) => {
    expect(report(...args)).toMatchObject({ status: 64, stdout: '', stderr: expect.stringMatching(reason) })
  })
})

describe('the site', () => {
  const inner = [
    'signals.html',
    'calendar.html',
    'dictionary.html',
    'signal/vvix_close.html',
    'evening/2025-11-20.html',
  ]
  const words = {
    en: {
      days: 'The last evening that is over is that of',
      data: 'the data of this site end with the session',
      made: 'Made by Precursor',
    },
    zh: { days: '已结束的最近一晚是', data: '本站数据止于', made: '生成' },
  }

  it.each(['en', 'zh'] as const)(
    'says on every page in %s that the lake is stale, and is not written again',
    (language) => {
      const out = join(newFolder(), 'site')
      const written = precursor(lake, 'site', '--out', out, '--language', language)
      expect(written).toMatchObject({ status: 3, stderr: expect.stringMatching(stale) })
      const page = (path: string) => readFileSync(join(out, path), 'utf8')
      const { days, data, made } = words[language]
      expect(page('index.html')).toContain(days)
      expect(page('index.html')).toContain('data-stale=')
      for (const path of inner) {
        // The number of sessions would be another one tomorrow.
        expect(page(path), path).toContain(`${data} 2025-11-20`)
        expect(page(path), path).not.toContain(days)
      }
      for (const path of ['index.html', ...inner]) expect(page(path), path).toContain(made)
      expect(readdirSync(join(out, 'evening'))).toContain('2025-11-19.html')
      expect(page('evening/2025-11-19.html')).not.toContain('data-stale')
      expect(precursor(lake, 'site', '--out', out, '--language', language)).toMatchObject({
        status: 3,
        stdout: expect.stringContaining(', 0 files written'),
      })
    },
  )
})

describe('an object whose data are damaged below a sound footer', () => {
  const key = 'silver/daily_bars/year=2025/data.parquet'
  const named = /silver\/daily_bars\/year=2025\/data\.parquet is damaged: its SHA-256 is .* rebuild`, which replaces it/
  const bars = 'select sum(close) from daily_bars'
  let harmed: string
  beforeAll(() => {
    harmed = newFolder()
    copyFolder(lake, harmed)
    const bytes = readFileSync(join(harmed, key))
    const footer = bytes.readUInt32LE(bytes.length - 8)
    bytes.fill(0xff, 4, bytes.length - 8 - footer)
    writeFileSync(join(harmed, key), bytes)
  })

  it.each([['report'], ['watch'], ['site', '--out', '-'], ['report', '--symbol', 'A'], ['query', bars]])(
    'is named by %s %s',
    (...args) => {
      expect(precursor(harmed, ...args)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(named) })
    },
  )

  it('is named by the shell, the server and the client', async () => {
    const asked = { encoding: 'utf8', input: `${bars};\n`, env: environment() } as const
    const { stdout, stderr } = spawnSync(process.execPath, [bin, '--lake', harmed, 'sql'], asked)
    expect(`${stdout}${stderr}`).toMatch(named)
    const desk = openDesk(localPlatform({ lake: harmed }), presetUniverse('default'))
    await expect(desk.ask(bars)).rejects.toThrow(/year=2025\/data\.parquet is damaged/)
    await expect(desk.with(({ engine }) => engine.rows(bars))).rejects.toThrow(/year=2025\/data\.parquet is damaged/)
    await desk.close()
    const client = await openLake({ lake: harmed })
    await expect(client.query(bars)).rejects.toThrow(/year=2025\/data\.parquet is damaged/)
    await client.close()
  })

  it('is not named by a statement that does not read it, or that is wrong', () => {
    const conversion = /^Conversion Error: .*'x'/
    const outcome = { status: 1, stderr: expect.stringMatching(conversion) }
    expect(precursor(harmed, 'query', "select cast('x' as integer) from sessions")).toMatchObject(outcome)
    expect(precursor(lake, 'query', "select cast('x' as integer) from daily_bars")).toMatchObject(outcome)
    expect(precursor(harmed, 'query', 'select nothing from daily_bars').stderr).toMatch(/nothing/)
  })
})

describe('an object that is gone', () => {
  const key = 'silver/volatility_indices/year=2025/data.parquet'
  const texts = {
    en: `Rows are missing, because these objects were written and are gone: ${key}.`,
    zh: `缺少数据行：下列对象曾写入，现已丢失：${key}。`,
  }
  let harmed: string
  beforeAll(() => {
    harmed = newFolder()
    copyFolder(lake, harmed)
    const closes = 'symbol,session,close\nVIX,2025-11-19,20\nVIX,2025-11-20,30\n'
    const file = writeInput('vix.csv', closes)
    expect(precursor(harmed, 'import', 'volatility_indices', file, '--set', 'source=x')).toMatchObject({ status: 0 })
    rmSync(join(harmed, key))
  })

  it.each(['en', 'zh'] as const)('is named at the top of each report in %s', (language) => {
    for (const args of [[], ['2025-11-19'], ['--symbol', 'A'], ['2025-11-19', '--symbol', 'A']]) {
      const { stdout, stderr, status } = precursor(harmed, 'report', ...args, '--output', '-', '--language', language)
      expect(stdout, args.join(' ')).toContain(texts[language])
      expect(stderr).toContain(`${key} is damaged: it was written and is missing`)
      // A named session is not stale, and rows that are missing do not change that.
      expect(status).toBe(args.includes('2025-11-19') ? 0 : 3)
    }
    expect(precursor(lake, 'report', '--output', '-', '--language', language).stdout).not.toContain(key)
  })

  describeBrowser('on a phone', () => {
    it('is named within the width of the page', async () => {
      const file = join(newFolder(), 'report.html')
      expect(precursor(harmed, 'report', '--output', file)).toMatchObject({ status: 3 })
      const browser = await openBrowser()
      const { page } = await openFile(browser, file, { width: 320 })
      expect(await page.locator('.notice').innerText()).toContain(key)
      expect(await widthOf(page)).toBeLessThanOrEqual(320)
      await browser.close()
    })
  })

  it.each(['en', 'zh'] as const)(
    'is named at the top of each page of the site in %s, and no longer once it is there',
    (language) => {
      const out = join(newFolder(), 'site')
      const written = () => precursor(harmed, 'site', '--out', out, '--language', language).stdout
      written()
      const pages = ['index', 'signals', 'calendar', 'dictionary', 'evening/2025-11-19', 'evening/2025-11-20']
      for (const page of pages) expect(readFileSync(join(out, `${page}.html`), 'utf8'), page).toContain(texts[language])
      expect(written()).toContain(', 0 files written')
      precursor(lake, 'site', '--out', out, '--language', language)
      for (const page of pages) expect(readFileSync(join(out, `${page}.html`), 'utf8'), page).not.toContain(key)
    },
  )
})
