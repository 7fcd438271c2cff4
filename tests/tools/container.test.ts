/**
 * The container, as far as a test can tell without a Docker daemon: the files that it copies are there, its steps run in an empty folder,
 * and its command runs the evenings. Base images, users and volumes are read, not run.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { sources } from '../../sources/index.ts'
import { fakeClock } from '../../tools/fake-clock.ts'
import { newFolder } from '../support/lake.ts'
import { environment } from '../support/precursor.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string) => readFileSync(join(project, path), 'utf8')

/** The instructions of the file, by the stage to which they belong. */
const instructions = read('Dockerfile')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => /^(\w+) (.*)$/.exec(line)!.slice(1) as [word: string, rest: string])
const begins = instructions.flatMap(([word], i) => (word === 'FROM' ? [i] : []))
const [build, image] = begins.map((begin, i) => instructions.slice(begin, begins[i + 1])) as [
  typeof instructions,
  typeof instructions,
]
const all = (stage: typeof instructions, word: string) => stage.flatMap(([each, rest]) => (each === word ? [rest] : []))

const { services, volumes } = parse(read('compose.yaml'))
const { evenings } = services

describe('the image', () => {
  it('rests on one base image of an exact version, and runs as a user who is not root', () => {
    const bases = [...all(build, 'FROM'), ...all(image, 'FROM')].map((from) => from.split(' ')[0])
    expect(new Set(bases).size).toBe(1)
    expect(bases[0]).toMatch(/^node:\d+\.\d+\.\d+-bookworm-slim$/)
    expect(all(image, 'USER')).toEqual(['node'])
  })

  it('keeps the lake in a volume and New York time', () => {
    expect(all(image, 'VOLUME')).toEqual(['/lake'])
    expect(all(image, 'ENV')[0]).toMatch(/TZ=America\/New_York PRECURSOR_LAKE=\/lake/)
  })

  it('copies only files that are there, and that .dockerignore lets through', () => {
    const wanted = all(build, 'COPY').flatMap((rest) => rest.split(' ').slice(0, -1))
    expect(wanted.filter((path) => !existsSync(join(project, path)))).toEqual([])
    const letThrough = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
    expect(wanted.map((path) => `!${path.replace('./', '')}`).sort()).toEqual(letThrough.sort())
  })
})

describe('the compose file', () => {
  it('runs the command of the image, begins again after a failure, and bounds the log', () => {
    expect(evenings.command).toEqual(JSON.parse(all(image, 'CMD')[0]!))
    expect(evenings).toMatchObject({ restart: 'unless-stopped', init: true, cap_drop: ['ALL'] })
    expect(evenings.logging.options).toEqual({ 'max-size': '1m', 'max-file': '3' })
  })

  it('mounts the lake and the universe of the working folder, and passes on the key of every source', () => {
    expect(Object.keys(volumes)).toEqual(['lake'])
    expect(evenings.volumes).toEqual(['lake:/lake', './universe.json:/work/universe.json:ro'])
    const keys = new Set(sources.flatMap(({ secret }) => (secret ? [secret.name] : [])))
    expect(Object.keys(evenings.environment).sort()).toEqual([...keys].sort())
  })
})

describe('the steps', () => {
  let root: string
  /** A path of the image, in a folder of the test. */
  const at = (path: string, folder: string) => join(root, path.startsWith('/') ? path : join(folder, path))

  beforeAll(() => {
    root = newFolder()
    const [workFolder = ''] = all(build, 'WORKDIR')
    mkdirSync(at(workFolder, ''), { recursive: true })
    for (const [word, rest] of build) {
      if (word === 'COPY') {
        const words = rest.split(' ')
        const target = words.pop()!
        for (const path of words) {
          const to = target.endsWith('./') ? join(target, basename(path)) : target
          cpSync(join(project, path), at(to, workFolder), { recursive: true })
        }
      }
      if (word === 'RUN' && rest === 'npm ci --omit=dev') {
        // What npm installs, without asking a registry: the packages that the lock file does not mark as only for development.
        const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { dev?: boolean }> }
        const wanted = Object.keys(packages).filter((path) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path))
        for (const path of wanted.filter((each) => !packages[each]!.dev && existsSync(join(project, each)))) {
          mkdirSync(dirname(at(path, workFolder)), { recursive: true })
          symlinkSync(join(project, path), at(path, workFolder))
        }
      } else if (word === 'RUN') execFileSync('sh', ['-c', rest], { cwd: at(workFolder, '') })
    }
    const [home = '', work = ''] = all(image, 'WORKDIR')
    for (const folder of [home, work, '/lake']) mkdirSync(at(folder, ''), { recursive: true })
    for (const rest of all(image, 'COPY')) {
      const [from, source = '', target = ''] = rest.split(' ')
      expect(from).toBe('--from=build')
      const to = target.endsWith('./') ? join(target, basename(source)) : target
      cpSync(at(source, ''), at(to, home), { recursive: true, verbatimSymlinks: true })
    }
  })

  it('leave no TypeScript of the project in the image', () => {
    expect(readdirSync(join(root, 'precursor')).sort()).toEqual([
      'bin',
      'dist',
      'node_modules',
      'package.json',
      'samples',
    ])
  })

  it('make a program that runs the missed evening at the start, and the next one at 18:30 New York', async () => {
    const work = join(root, 'work')
    writeFileSync(join(work, 'universe.json'), JSON.stringify({ preset: 'minimal' }))
    const command: string[] = JSON.parse(all(image, 'CMD')[0]!)
    const env = { ...environment(fakeClock(newFolder(), '2025-11-20T22:20:00Z')), PRECURSOR_LAKE: join(root, 'lake') }
    const program = join(root, 'precursor', 'bin', 'precursor.mjs')
    const child = spawn(process.execPath, [program, ...command], { cwd: work, env })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (chunk) => (stdout += chunk))
    child.stderr.on('data', (chunk) => (stderr += chunk))
    const ended = once(child, 'close')
    while (child.exitCode === null && !/^2025-11-20 · /m.test(stdout))
      await new Promise((resolve) => setTimeout(resolve, 100))
    child.kill('SIGTERM')
    expect({ status: (await ended)[0], stderr }).toMatchObject({ status: 130 })
    expect(stdout).toMatch(/^2025-11-19 · [1-9]\d* landed.*^2025-11-20 · [1-9]\d* landed/ms)
    expect(existsSync(join(root, 'lake', 'lake.duckdb'))).toBe(true)
  })
})
