/** The package: it holds what a user runs, nothing else, and runs where it is installed. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { journey } from '../../tools/package-journey.ts'
import { sectionsOf } from '../support/document-blocks.ts'
import { newFolder } from '../support/lake.ts'
import { episodeLake } from '../support/shared-lakes.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))
const { dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>
}

let sample: string
let tarball: string
let files: string[]
beforeAll(async () => {
  sample = await episodeLake()
  const folder = newFolder()
  const packed = execFileSync('npm', ['pack', '--json', '--silent', '--pack-destination', folder], { cwd: project })
  const [{ filename, files: listed }] = JSON.parse(packed.toString()) as [
    { filename: string; files: { path: string }[] },
  ]
  tarball = join(folder, filename)
  files = listed.map(({ path }) => path)
}, 600_000)

describe('the package', () => {
  it('holds the compiled command line, which imports only its dependencies', async () => {
    expect(files).toEqual(
      expect.arrayContaining(['dist/main.mjs', 'dist/worker.mjs', 'dist/index.mjs', 'dist/index.d.ts']),
    )

    const { metafile } = await build({
      entryPoints: ['cli/main.ts', 'cli/desk/worker.ts', 'cli/client/open-lake.ts'],
      outdir: 'dist',
      absWorkingDir: project,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      metafile: true,
      write: false,
    })
    const packages = Object.values(metafile.outputs)
      .flatMap((output) => output.imports.map(({ path }) => path))
      .filter((path) => !path.startsWith('node:'))
      .map((path) =>
        path
          .split('/')
          .slice(0, path.startsWith('@') ? 2 : 1)
          .join('/'),
      )
    expect([...new Set(packages)].filter((name) => !(name in dependencies))).toEqual([])
  })

  it('holds neither tests nor what only a maintainer runs', () => {
    const folders = new Set(files.filter((path) => path.includes('/')).map((path) => path.split('/')[0]))
    expect([...folders].sort()).toEqual(['bin', 'dist', 'samples'])
  })

  /** A folder of a user, in which the package is installed with its dependencies alone. */
  const userFolder = (): string => {
    const modules = join(newFolder(), 'node_modules')
    const installed = join(modules, 'precursor-lake')
    mkdirSync(installed, { recursive: true })
    execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'])
    for (const name of Object.keys(dependencies)) {
      mkdirSync(dirname(join(modules, name)), { recursive: true })
      symlinkSync(join(project, 'node_modules', name), join(modules, name))
    }
    return dirname(modules)
  }

  it('does where it is installed what a new user does: init, queries, an evening of the schedule, backup and restore', () => {
    const folder = userFolder()
    const program = join(folder, 'node_modules', 'precursor-lake', 'bin', 'precursor.mjs')
    const steps = journey({ folder, program, sample })
    expect(steps.length).toBeGreaterThan(8)
  })

  it('runs in a folder where it is installed with its dependencies alone', () => {
    const cwd = userFolder()
    const precursor = (...args: string[]) =>
      spawnSync(process.execPath, [join(cwd, 'node_modules', 'precursor-lake', 'bin', 'precursor.mjs'), ...args], {
        cwd,
        encoding: 'utf8',
      })
    expect(precursor('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: precursor') })
    const query = ['query', 'select max(session) as latest from crash_precursors', '--format', 'csv']
    expect(precursor('--lake', sample, ...query)).toMatchObject({
      status: 0,
      stdout: 'latest\n2025-11-20\n',
    })
  })

  it('answers over HTTP, where another process of the package asks the engine', async () => {
    const cwd = userFolder()
    const bin = join(cwd, 'node_modules', 'precursor-lake', 'bin', 'precursor.mjs')
    const server = spawn(process.execPath, [bin, '--lake', sample, 'serve', '--port', '0'], { cwd })
    try {
      const [said] = (await once(server.stdout, 'data')) as [Buffer]
      const url = /http:\S+/.exec(String(said))![0]
      const sql = 'select max(session) as latest from crash_precursors'
      const response = await fetch(`${url}query?format=csv&sql=${encodeURIComponent(sql)}`)
      expect(await response.text()).toBe('latest\n2025-11-20\n')
    } finally {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
  })

  it('answers an assistant that starts it', async () => {
    const bin = join(userFolder(), 'node_modules', 'precursor-lake', 'bin', 'precursor.mjs')
    const client = new Client({ name: 'test', version: '1.0.0' })
    const args = [bin, '--lake', sample, 'mcp']
    await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'ignore' }))
    const { content } = await client.callTool({
      name: 'query',
      arguments: { sql: 'select max(session) as s from sessions' },
    })
    expect((content as unknown as [{ text: string }])[0].text).toContain('"as_of"')
    await client.close()
  })

  describe('as a client with types', () => {
    /** Type-checks a program of a user, and writes it as JavaScript if it has no error. */
    const compile = (cwd: string, program: string) => {
      writeFileSync(join(cwd, 'package.json'), '{ "type": "module" }')
      writeFileSync(join(cwd, 'program.ts'), program)
      const options = '--strict --target es2022 --module nodenext --types node --noEmitOnError'.split(' ')
      const typeRoots = ['--typeRoots', join(project, 'node_modules', '@types')]
      const tsc = join(project, 'node_modules', 'typescript', 'bin', 'tsc')
      return spawnSync(process.execPath, [tsc, ...options, ...typeRoots, 'program.ts'], { cwd, encoding: 'utf8' })
    }
    const opened = `import { type CrashPrecursors, openLake } from 'precursor-lake'
      const lake = await openLake({ lake: process.argv[2]! })`

    it('gives rows of a view, of an instant and of a saved query', () => {
      const cwd = userFolder()
      const program = `${opened}
        const [row] = await lake.rows('volatility_regime', { columns: ['session', 'vix_close'], from: '2025-11-20' })
        const close: number | null = row!.vix_close
        const whole: CrashPrecursors[] = await lake.rows('crash_precursors', { to: '2025-11-20', asOf: '2025-11-19' })
        const session: string = whole.at(-1)!.session
        const lit = await lake.query<{ signal: string }>('lit_since')
        const [{ n }] = await lake.query<{ n: number }>('select count(*) as n from sessions') as [{ n: number }]
        await lake.close()
        console.log(JSON.stringify({ columns: Object.keys(row!), close, session, isLit: lit.length > 0, hasSessions: n > 0 }))`
      expect(compile(cwd, program)).toMatchObject({ status: 0, stdout: '' })
      const { stdout, stderr } = spawnSync(process.execPath, ['program.js', sample], { cwd, encoding: 'utf8' })
      expect(stderr).toBe('')
      expect(JSON.parse(stdout)).toEqual({
        columns: ['session', 'vix_close'],
        close: 26.42,
        session: '2025-11-19',
        isLit: true,
        hasSessions: true,
      })
    })

    it('runs the five lines of docs/connect.md', () => {
      const cwd = userFolder()
      symlinkSync(sample, join(cwd, 'lake'))
      const [block] = sectionsOf('docs/connect.md', 'The lake in a folder').find(
        ({ heading }) => heading === 'TypeScript',
      )!.blocks
      expect(compile(cwd, block!.code)).toMatchObject({ status: 0, stdout: '' })
      const { stdout, stderr } = spawnSync(process.execPath, ['program.js'], { cwd, encoding: 'utf8' })
      expect({ stderr, stdout }).toEqual({ stderr: '', stdout: expect.stringMatching(/^2025-11-20 \[/) })
    })

    it.each([
      ["await lake.rows('crash_precursor')", /crash_precursor/],
      ["await lake.rows('daily_bars', { columns: ['closing'] })", /closing/],
      ["const [row] = await lake.rows('daily_bars', { columns: ['session'] }); row!.close", /close/],
      ["const [row] = await lake.rows('volatility_regime'); const n: number = row!.vix_change", /null/],
    ])('refuses %s', (line, message) => {
      const { status, stdout } = compile(userFolder(), `${opened}\n${line}`)
      expect(status).not.toBe(0)
      expect(stdout).toMatch(message)
    })
  })
})
