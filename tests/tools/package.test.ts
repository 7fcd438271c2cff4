/** The package: it holds what a user runs, nothing else, and runs where it is installed. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { journey } from '../../tools/package-journey.ts'
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
    expect(files).toContain('dist/main.mjs')

    const { metafile } = await build({
      entryPoints: ['cli/main.ts'],
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

  it('does where it is installed what a new user does: init, queries, an evening of the schedule, backup and restore', () => {
    const modules = join(newFolder(), 'node_modules')
    const installed = join(modules, 'precursor-lake')
    mkdirSync(installed, { recursive: true })
    execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'])
    for (const name of Object.keys(dependencies)) {
      mkdirSync(dirname(join(modules, name)), { recursive: true })
      symlinkSync(join(project, 'node_modules', name), join(modules, name))
    }
    const steps = journey({ folder: dirname(modules), program: join(installed, 'bin', 'precursor.mjs'), sample })
    expect(steps.length).toBeGreaterThan(8)
  })
})
