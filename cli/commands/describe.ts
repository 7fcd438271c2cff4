/** `precursor describe`: the tables and views of the lake, from their declarations. */
import { UsageError } from '../../core/errors.ts'
import { nearest } from '../../core/nearest.ts'
import { tables } from '../../schemas/tables/index.ts'
import { lineageOf } from '../../schemas/view.ts'
import { views } from '../../schemas/views/index.ts'
import { sources } from '../../sources/index.ts'
import { say } from '../output.ts'
import { printRows } from '../print.ts'
import { commandNamed } from './list.ts'

const everything = () => {
  printRows(
    [...tables, ...views].map(({ kind, name, doc }) => ({ name, kind, what: doc })),
    ['name', 'kind', 'what'],
    'table',
  )
}

const unknownRelation = (name: string): UsageError => {
  const near = nearest(
    name,
    [...tables, ...views].map((each) => each.name),
  )
  const hint = near ? ` Did you mean ${near}?` : ''
  return new UsageError(`unknown table or view: ${name}.${hint} \`precursor describe\` lists them all.`)
}

const one = (name: string) => {
  const relation = [...tables, ...views].find((each) => each.name === name)
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

export const describeCommand = () =>
  commandNamed('describe')
    .addHelpText('after', '\nExamples:\n  precursor describe\n  precursor describe intraday_reversal')
    .action((name?: string) => (name ? one(name) : everything()))
