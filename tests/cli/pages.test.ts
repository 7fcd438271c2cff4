/** Pages of a lake that nobody has filled for long, or that has lost rows: they say so, on the page and by the exit code. */
import { beforeAll, describe, expect, it } from 'vitest'
import { newFolder, writeInput } from '../support/lake.ts'
import { precursor } from '../support/precursor.ts'

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
