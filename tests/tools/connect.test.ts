/** docs/connect.md: each block about a lake in a folder runs on the sample, or the text says that it is not run. */
import { execFile, spawnSync } from 'node:child_process'
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { listen } from '../../adapters/listen.ts'
import { localPlatform } from '../../adapters/local.ts'
import { openDesk } from '../../cli/desk/desk.ts'
import { serveApp } from '../../cli/serve/app.ts'
import { hasPython, installPython, pythonProgram } from '../aws/python.ts'
import { sectionsOf } from '../support/document-blocks.ts'
import { newFolder, sampleUniverse } from '../support/lake.ts'
import { bin, environment } from '../support/precursor.ts'
import { episodeLake } from '../support/shared-lakes.ts'

const run = promisify(execFile)
const sections = sectionsOf('docs/connect.md', 'The lake in a folder')
const isRun = (text: string) => !text.includes('Not run by a test')
const blocksIn = (language: string) =>
  sections.flatMap(({ heading, text, blocks }) =>
    isRun(text) ? blocks.filter((each) => each.language === language).map(({ code }) => ({ heading, code })) : [],
  )

/** A folder of a user with the sample as its lake. */
const userFolder = async () => {
  const folder = newFolder()
  symlinkSync(await episodeLake(), join(folder, 'lake'))
  return folder
}

describe('docs/connect.md', () => {
  it('has a way for each tool, which is run here or says that it is not', () => {
    const known = ['python', 'sh', 'ts']
    // Other tests import and draw the dashboard of Superset, and play the session of an assistant.
    for (const { heading, text, blocks } of sections.filter(({ text }) => isRun(text)))
      expect(
        {
          heading,
          isHere:
            ['Superset', 'Assistants'].includes(heading) || blocks.some(({ language }) => known.includes(language)),
        },
        text,
      ).toEqual({ heading, isHere: true })
    const headings = sections.map(({ heading }) => heading).join()
    for (const tool of [
      'DuckDB',
      'pandas',
      'polars',
      'R',
      'Superset',
      'Metabase',
      'Grafana',
      'Tableau',
      'Power BI',
      'Evidence',
      'TypeScript',
    ])
      expect(headings).toContain(tool)
    // The test of the package runs it.
    expect(blocksIn('ts')[0]!.code.trim().split('\n')).toHaveLength(5)
  })

  it.each(blocksIn('sh'))('$heading', async ({ code }) => {
    const folder = await userFolder()
    const npx = join(folder, 'npx')
    writeFileSync(npx, `#!/bin/sh\nshift\nexec "${process.execPath}" "${bin}" "$@"\n`)
    chmodSync(npx, 0o755)
    const env = { ...environment(), PATH: `${folder}:${process.env.PATH}` }
    const { status, stdout, stderr } = spawnSync('sh', ['-euc', code], { cwd: folder, env, encoding: 'utf8' })
    expect({ status, stderr }).toMatchObject({ status: 0 })
    expect(stdout).toContain('2025-11-20')
  })
})

describe.skipIf(!hasPython)('Python as docs/connect.md has it', () => {
  const python = pythonProgram('connect')
  beforeAll(() => installPython('connect'), 600_000)

  it.each(blocksIn('python'))('$heading: $code', async ({ code }) => {
    const desk = openDesk(localPlatform({ lake: await episodeLake(), environment: {} }), sampleUniverse)
    const app = serveApp(desk, { hosts: ['127.0.0.1'], nonce: () => 'n', site: async () => undefined })
    const server = await listen((request) => app.fetch(request), { host: '127.0.0.1', port: 0 })
    try {
      const own = code.replace('127.0.0.1:7411', `127.0.0.1:${server.port}`)
      const file = join(await userFolder(), 'program.py')
      writeFileSync(file, own)
      const { stdout } = await run(python, [file], { cwd: dirname(file) })
      expect(stdout).toMatch(/2025-11-2\d|date\(2025, 11, 2\d\)/)
    } finally {
      await server.close()
      await desk.close()
    }
  })
})
