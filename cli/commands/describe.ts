/** `precursor describe`: the tables and views of the lake, from their declarations. */
import type { Command } from 'commander'
import { UsageError } from '../../core/errors.ts'
import { nearest } from '../../core/nearest.ts'
import { reading } from '../../pipeline/lake/current.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { allRelations } from '../../schemas/relations.ts'
import { lineageOf, type Relation } from '../../schemas/view.ts'
import { sources } from '../../sources/index.ts'
import { asOfInstant } from '../as-of.ts'
import { say } from '../output.ts'
import { printRows } from '../print.ts'
import { type GlobalOptions, optionsOf, readingRelations } from '../session.ts'
import { commandNamed } from './list.ts'

const everything = () => {
  printRows(
    allRelations.map(({ kind, name, doc }) => ({ name, kind, what: doc })),
    ['name', 'kind', 'what'],
    'table',
  )
}

const unknownRelation = (name: string): UsageError => {
  const near = nearest(
    name,
    allRelations.map((each) => each.name),
  )
  const hint = near ? ` Did you mean ${near}?` : ''
  return new UsageError(`unknown table or view: ${name}.${hint} \`precursor describe\` lists them all.`)
}

const one = (name: string) => {
  const relation = allRelations.find((each) => each.name === name)
  if (!relation) throw unknownRelation(name)
  say(`${relation.name} (${relation.kind})\n${relation.doc}\nGrain: ${relation.grain.join(', ')}\n`)
  if (relation.kind === 'view')
    say(
      `Reads: ${lineageOf(relation)
        .map((each) => each.name)
        .join(', ')}\n`,
    )
  else {
    const feeds = sources.filter((source) => source.tables.includes(relation)).map((source) => source.name)
    say(`Written by: ${feeds.join(', ') || relation.origin}${relation.origin === 'payloads' ? ', import' : ''}\n`)
  }
  printRows(
    Object.entries(relation.columns).map(([column, { type, nullable, unit, doc }]) => ({
      column,
      type,
      null: nullable ? 'yes' : '',
      unit: unit ?? '',
      what: doc,
    })),
    ['column', 'type', 'null', 'unit', 'what'],
    'table',
  )
}

/** How many rows of a relation an instant knew, and from when to when. */
const knownRows = async (lake: Lake, relation: Relation): Promise<string> => {
  await lake.hold([relation])
  const days = ['session', 'known_session'].find((name) => name in relation.columns)
  const span = days
    ? `cast(min(${days}) as varchar) as first, cast(max(${days}) as varchar) as latest`
    : 'null as first, null as latest'
  const [found] = await lake.engine.rows<{ n: number; first: string | null; latest: string | null }>(
    `select count(*) as n, ${span} from ${relation.name}`,
  )
  const { n = 0, first, latest } = found ?? {}
  return `${n} row${n === 1 ? '' : 's'}${first ? `, ${days} ${first} to ${latest}` : ''}`
}

const asKnown = async (name: string, at: Date, options: GlobalOptions): Promise<void> => {
  const relation = allRelations.find((each) => each.name === name)
  if (!relation) throw unknownRelation(name)
  await readingRelations(
    options,
    [relation],
    at,
    reading(async (lake: Lake) => say(`As of ${at.toISOString()}: ${await knownRows(lake, relation)}\n`)),
  )
}

export const describeCommand = () =>
  commandNamed('describe')
    .option('--as-of <instant>', 'also say how many rows of the table or view that instant knew')
    .addHelpText(
      'after',
      '\nExamples:\n  precursor describe\n  precursor describe intraday_reversal\n  precursor describe catalysts --as-of 2025-11-20T13:29:59Z',
    )
    .action(async (name: string | undefined, { asOf }: { asOf?: string }, command: Command) => {
      if (asOf !== undefined && !name) throw new UsageError('--as-of needs the name of a table or view')
      if (!name) return everything()
      const at = asOf === undefined ? undefined : asOfInstant(asOf)
      one(name)
      if (at) await asKnown(name, at, optionsOf(command))
    })
