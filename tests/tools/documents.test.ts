/** The documents: their links lead somewhere, their commands run, and their list of rooms is the tree. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { allCommands } from '../../cli/commands/index.ts'
import { pipelineRooms, rooms } from '../../tools/rooms.ts'
import { newFolder } from '../support/lake.ts'
import { episodeLake } from '../support/shared-lakes.ts'

const commands = await allCommands()

const project = fileURLToPath(new URL('../../', import.meta.url))
const bin = join(project, 'bin', 'precursor.mjs')
const read = (path: string) => readFileSync(join(project, path), 'utf8')

const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'bi/README.md'],
  ...readdirSync(join(project, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]
const withoutCode = (text: string) => text.replaceAll(/^```[\s\S]*?^```/gm, '')

/** Anchors of a document, as GitHub names them. */
const anchorsOf = (path: string): Set<string> => {
  const seen = new Map<string, number>()
  return new Set(
    [...withoutCode(read(path)).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => {
      const anchor = heading!
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-')
      const count = seen.get(anchor) ?? 0
      seen.set(anchor, count + 1)
      return count ? `${anchor}-${count}` : anchor
    }),
  )
}

describe('a link', () => {
  it.each(documents.map((path) => [path]))('of %s leads to a file, and to a heading if it names one', (path) => {
    const broken = [...withoutCode(read(path)).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].flatMap(
      ([link, file, anchor]) => {
        const target = file ? relative(project, join(project, dirname(path), file)) : path
        if (!existsSync(join(project, target))) return [link]
        return anchor && !anchorsOf(target).has(anchor) ? [link] : []
      },
    )
    expect(broken).toEqual([])
  })
})

const blocks = documents.flatMap((path) =>
  [...read(path).matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, text], i) => ({
    name: `${path} block ${i + 1}`,
    text: text!,
  })),
)
const ofCommands = blocks.filter(({ text }) => text.includes('npx precursor'))
const onSample = ofCommands.filter(({ text }) => text.includes('--lake sample-lake') && !text.includes('--aws'))

/** Runs a block in a folder, where `npx` runs the command line of this project. */
const runIn = (folder: string, text: string) => {
  const npx = join(folder, 'npx')
  writeFileSync(npx, `#!/bin/sh\nshift\nexec "${process.execPath}" "${bin}" "$@"\n`)
  chmodSync(npx, 0o755)
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, NO_COLOR: '1', PRECURSOR_LAKE: '' }
  return spawnSync('sh', ['-e', '-c', text], { cwd: folder, env, encoding: 'utf8' })
}

describe('a command on the sample lake', () => {
  let sample: string
  beforeAll(async () => {
    sample = await episodeLake()
  }, 600_000)

  it.each(onSample.map(({ name, text }) => [name, text]))(
    'of %s runs',
    (_, text) => {
      const folder = newFolder()
      symlinkSync(sample, join(folder, 'sample-lake'))
      const { status, stderr } = runIn(folder, text)
      expect(status, stderr).toBe(0)
    },
    300_000,
  )
})

describe('a command', () => {
  it('of docs/own-data.md imports the files that it describes', () => {
    const folder = newFolder()
    const files = {
      'SPY.csv': 'date,open,high,low,close,volume\n2025-11-19,660,664,656,662,1000\n2025-11-20,672,675,651,652,2000',
      'SPY-minutes.csv': 'datetime,open,high,low,close,volume\n2025-11-20 09:30:00,672,673,671,672,900',
      'nyse.csv': 'session,advancing,declining\n2025-11-19,1300,1400\n2025-11-20,700,2100',
      'idea.csv': 'session,value\n2025-11-19,1\n2025-11-20,2',
      'BAMLH0A0HYM2.csv': 'observation_date,BAMLH0A0HYM2\n2025-11-19,3.15\n2025-11-20,3.17',
      'depth.csv': 'date,metric,value,sample_count\n2025-11-20,top_of_book_usd,5000000,78',
      'members.csv': 'symbol\nJPM\nBAC',
      'consensus.csv': 'symbol,concept,period_end,value\nNVDA,revenue,2025-10-26,54900000000',
      'events.csv':
        'event_id,category,entity,title,occurred_at,reference\ne1,outage,Cloudflare,Outage of Cloudflare,2025-11-18T11:48:00Z,https://example.com',
      'VIX_History.csv': 'DATE,OPEN,HIGH,LOW,CLOSE\n11/19/2025,24,25,23,23.66\n11/20/2025,22,28,19,26.42',
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), `${text}\n`)
    const [block] = blocks.filter(({ name }) => name.startsWith('docs/own-data.md'))
    const { status, stdout, stderr } = runIn(folder, block!.text)
    expect(status, stderr).toBe(0)
    expect(stdout).toContain('26.42')
  }, 300_000)

  it('has a name and options that the command line knows', () => {
    const general = [...read('cli/main.ts').matchAll(/'(--[a-z]+)[ ']/g)].map(([, option]) => option!)
    const lines = ofCommands.flatMap(({ text }) =>
      [...text.matchAll(/npx precursor ([^#&\n]*)/g)].map(([, line]) => line!),
    )
    const unknown = lines.filter((line) => {
      const words = line.replaceAll(/"[^"]*"?/g, '').split(/\s+/)
      const command = commands.find((each) => words.includes(each.name()))
      const known = [...general, ...(command?.options ?? []).map(({ long }) => long)]
      return !command || words.some((word) => word.startsWith('--') && !known.includes(word))
    })
    expect(lines.length).toBeGreaterThan(20)
    expect(general).toContain('--lake')
    expect(unknown).toEqual([])
  })
})

describe('the rooms', () => {
  const folders = (path: string) =>
    readdirSync(join(project, path), { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [each.name] : []))

  it('of tools/rooms.ts are the folders that the type checker reads, tests aside', () => {
    const { include } = JSON.parse(read('tsconfig.json')) as { include: string[] }
    const checked = include.filter((each) => !each.includes('*') && each !== 'tests')
    expect(rooms.flatMap((room) => room.folders).sort()).toEqual(checked.sort())
  })

  it('of the pipeline are its folders, and no module lies beside them', () => {
    expect(pipelineRooms.map(({ folder }) => folder).sort()).toEqual(folders('pipeline').sort())
    expect(readdirSync(join(project, 'pipeline')).filter((name) => name.endsWith('.ts'))).toEqual([])
  })
})
