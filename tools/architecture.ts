/** The generated sections of docs/architecture.md: rooms, computations, modules of infra/. */
import { readdirSync, readFileSync } from 'node:fs'
import { computations } from '../pipeline/compute/compute.ts'
import type { Relation } from '../schemas/view.ts'
import { code, table, withSection } from './markdown.ts'
import { pipelineRooms, rooms } from './rooms.ts'

const project = (path: string) => new URL(`../${path}`, import.meta.url)

/** First sentence of the comment that opens a module. */
const openingOf = (path: string): string => {
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(project(path), 'utf8'))?.[1] ?? ''
  const text = comment.replace(/\s*\n\s*\* ?/g, ' ').trim()
  return /^.*?\.(?= |$)/.exec(text)?.[0] ?? text
}

const roomsTable = () =>
  table(
    ['room', 'what is in it'],
    rooms.map(({ folders, holds }) => [folders.map((each) => code(`${each}/`)).join(', '), holds]),
  )

const pipelineTable = () =>
  table(
    ['in `pipeline/`', 'what it does'],
    pipelineRooms.map(({ folder, does }) => [code(`${folder}/`), does]),
  )

const names = (relations: readonly Relation[]) => relations.map(({ name }) => code(name)).join(', ')

const computationsTable = () =>
  table(
    ['', 'result', 'kind', 'reads', 'days back'],
    computations.map(({ into, reads, daysBack }, i) => [
      String(i + 1),
      code(into.name),
      'sql' in into ? 'materialized view' : 'table',
      names(reads),
      Number.isFinite(daysBack) ? String(daysBack) : 'all',
    ]),
  )

const modulesTable = (folder: string) =>
  table(
    [`in \`${folder}/\``, 'what it is'],
    readdirSync(project(folder))
      .filter((file) => file.endsWith('.ts'))
      .sort()
      .map((file) => [code(file), openingOf(`${folder}/${file}`)]),
  )

/** docs/architecture.md: its prose as it is, its tables from the code. */
export const architecture = (): string =>
  Object.entries({
    rooms: roomsTable(),
    'rooms of pipeline': pipelineTable(),
    computations: computationsTable(),
    'modules of infra': modulesTable('infra'),
  })
    .reduce(
      (document, [name, text]) => withSection(document, name, text),
      readFileSync(project('docs/architecture.md'), 'utf8'),
    )
    .trimEnd()
