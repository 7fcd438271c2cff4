/** The structure of the code: rooms import downwards only, there are no circles, and files are named and sized by rule. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { catalystKinds } from '../../schemas/catalysts/index.ts'
import { queries } from '../../schemas/queries/index.ts'
import { tables } from '../../schemas/tables/index.ts'
import { topics } from '../../schemas/topics/index.ts'
import { views } from '../../schemas/views/index.ts'
import { sources } from '../../sources/index.ts'
import { pipelineRooms, rooms } from '../../tools/rooms.ts'

/** Tables of facts may be long. */
const tablesOfFacts: readonly string[] = []
const longest = 360

const project = fileURLToPath(new URL('../..', import.meta.url))
/** Folders without code of the project: what npm, a build or a lake puts there. */
const isForeign = (folder: string) =>
  folder.startsWith('.') || /^(node_modules|build|cdk\.out|var|lake|sample-lake)$/.test(folder)
const filesUnder = (folder: string): string[] =>
  readdirSync(join(project, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return isForeign(entry.name) && folder === '' ? [] : filesUnder(path)
    return entry.name.endsWith('.ts') ? [path] : []
  })
const everyFile = filesUnder('').sort()
const roomOf = (file: string) => file.split('/')[0]!
/** Place of a file in the staircase, from the bottom. Tests have none: they import from all rooms. */
const stairOf = (file: string) => rooms.findIndex(({ folders }) => folders.includes(roomOf(file)))
const files = everyFile.filter((file) => stairOf(file) >= 0)
const textOf = (file: string) => readFileSync(join(project, file), 'utf8')

/** Static, dynamic and type-only imports of project files. */
const importPattern = /^(?:import|export|\})[^\n]* from '(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm
const importsOf = (file: string): string[] =>
  [...textOf(file).matchAll(importPattern)].map(([, still, dynamic]) =>
    normalize(join(dirname(file), (still ?? dynamic)!)),
  )
const imports = new Map(files.map((file) => [file, importsOf(file).filter((each) => files.includes(each))]))

/** Circles of files, each named once by the path that closes it. */
const circles = (): string[] => {
  const found: string[] = []
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]) => {
    const at = path.indexOf(file)
    if (at >= 0) found.push([...path.slice(at), file].join(' → '))
    if (at >= 0 || done.has(file)) return
    for (const each of imports.get(file)!) visit(each, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  return found
}

describe('the structure', () => {
  it('has a room for every file', () => {
    const elsewhere = everyFile.filter((file) => stairOf(file) < 0 && roomOf(file) !== 'tests')
    expect(elsewhere).toEqual(['vitest.config.ts'])
  })

  it('has no import upwards in the staircase', () => {
    const upwards = [...imports].flatMap(([file, found]) =>
      found.filter((each) => stairOf(each) > stairOf(file)).map((each) => `${file} → ${each}`),
    )
    expect(upwards).toEqual([])
  })

  it('imports from tests only in tools, which measure what tests assert', () => {
    const importers = files.filter((file) => importsOf(file).some((each) => roomOf(each) === 'tests'))
    expect(importers.filter((file) => roomOf(file) !== 'tools')).toEqual([])
  })

  it('has no circle of imports', () => {
    expect(circles()).toEqual([])
  })

  it('has every file of the pipeline in a declared room', () => {
    const declared = pipelineRooms.map(({ folder }) => `pipeline/${folder}`)
    const outside = files.filter(
      (file) => roomOf(file) === 'pipeline' && !declared.includes(file.split('/').slice(0, 2).join('/')),
    )
    expect(outside).toEqual([])
  })

  it('names files in kebab-case, and the files of lake objects by their object', () => {
    const objects = [...tables, ...views, ...sources, ...queries, ...topics].map(({ name }) => name)
    const rules = catalystKinds.flatMap(({ kind, earlier }) => [
      kind,
      ...earlier.map(({ version }) => `${kind}_v${version}`),
    ])
    const lakeObjects = new Set<string>([...objects, ...rules])
    const misnamed = everyFile.filter((file) => {
      const name = file.replace(/^.*\//, '').replace(/(\.test|\.config)?\.ts$/, '')
      return !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && !lakeObjects.has(name)
    })
    expect(misnamed).toEqual([])
  })

  it(`has no module of more than ${longest} lines that is not a table of facts`, () => {
    const sizes = files.map((file) => ({ file, lines: textOf(file).split('\n').length - 1 }))
    const long = sizes.filter(({ file, lines }) => lines > longest && !tablesOfFacts.includes(file))
    expect(long).toEqual([])
    const median = sizes.map(({ lines }) => lines).sort((a, b) => a - b)[Math.floor(sizes.length / 2)]!
    console.info(`${sizes.length} modules, median ${median} lines`)
    expect(median).toBeLessThan(100)
  })

  it('refreshes a lake in one place', () => {
    expect(files.filter((file) => /\.refresh\(\)/.test(textOf(file)))).toEqual(['pipeline/lake/current.ts'])
  })
})
