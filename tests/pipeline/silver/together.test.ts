/** Several commands at once on one lake. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { newFolder, openTestLake, writeInput } from '../../support/lake.ts'

const program = fileURLToPath(new URL('../../../bin/precursor.mjs', import.meta.url))

const command = (...args: string[]): Promise<{ code: number | null; said: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
    child.on('close', (code) => resolve({ code, said }))
  })

describe('three first commands at once on a new lake', () => {
  it('all succeed, and the lake has the rows of each', async () => {
    const folder = join(newFolder(), 'lake')
    const symbols = ['A', 'B', 'C']
    const results = await Promise.all(
      symbols.map((symbol) => {
        const file = writeInput(
          `${symbol}.csv`,
          `symbol,session,open,high,low,close,volume\n${symbol},2025-11-20,1,2,1,2,5\n`,
        )
        return command('--lake', folder, 'import', 'daily_bars', file, '--set', `source=desk_${symbol}`)
      }),
    )
    expect(results.map(({ code, said }) => (code === 0 ? 0 : said))).toEqual([0, 0, 0])
    const { lake } = await openTestLake({ folder })
    await lake.refresh()
    expect(await lake.engine.rows('select symbol from daily_bars order by symbol')).toEqual(
      symbols.map((symbol) => ({ symbol })),
    )
    expect(await lake.engine.rows('select count(*) as n from payloads')).toEqual([{ n: 3 }])
    expect(await lake.engine.rows('select count(*) > 5000 as is_whole from sessions')).toEqual([{ is_whole: true }])
    await lake.close()
  })
})
