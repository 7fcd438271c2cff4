/** docs/data-dictionary.md: every view, table, catalyst, release, topic and signal, from its declaration. */
import { readdirSync } from 'node:fs'
import { catalystKinds } from '../schemas/catalysts/index.ts'
import { releaseEntries } from '../schemas/releases.ts'
import { reasonOf } from '../schemas/signal-levels.ts'
import { signals } from '../schemas/signals.ts'
import { tables } from '../schemas/tables/index.ts'
import { topics } from '../schemas/topics/index.ts'
import type { Relation, View } from '../schemas/view.ts'
import { views } from '../schemas/views/index.ts'
import { sources } from '../sources/index.ts'
import { code, generated, table } from './markdown.ts'

const writers = (relation: Relation): string[] => {
  if (relation.kind === 'view') return []
  const feeds = sources.filter((source) => source.tables.includes(relation)).map(({ name }) => code(name))
  return [...feeds, relation.origin === 'payloads' ? 'imports' : `the ${relation.origin} step`]
}

const writtenBy = (relation: Relation) =>
  relation.kind === 'view'
    ? `Reads: ${relation.sql.reads.map(({ name }) => code(name)).join(', ')}.`
    : `Written by: ${writers(relation).join(', ')}.`

const section = (relation: Relation) =>
  [
    `### ${relation.name}`,
    relation.doc,
    `Grain: ${relation.grain.map(code).join(', ')}. ${writtenBy(relation)}`,
    table(
      ['column', 'type', 'null', 'unit', 'meaning'],
      Object.entries(relation.columns).map(([name, { type, nullable, unit, doc }]) => [
        code(name),
        type,
        nullable ? 'yes' : '',
        unit ?? '',
        doc,
      ]),
    ),
  ].join('\n\n')

/** Names of the views by subject: the folders of schemas/views/. */
export const subjects = (): Map<string, string[]> => {
  const folder = new URL('../schemas/views/', import.meta.url)
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [each.name] : []))
  return new Map(
    names.sort().map((subject) => {
      const files = readdirSync(new URL(`${subject}/`, folder)).map((file) => file.replace(/\.ts$/, ''))
      return [subject, files.filter((file) => views.some(({ name }) => name === file)).sort()]
    }),
  )
}

const link = (name: string) => `[${code(name)}](#${name})`

const stored = ({ mart, materialized }: View) =>
  [...(mart ? ['mart'] : []), ...(materialized ? ['materialized'] : [])].join(', ')

const viewsBySubject = () =>
  [...subjects()]
    .map(([subject, names]) => {
      const rows = names
        .map((name) => views.find((view) => view.name === name)!)
        .map((view) => [link(view.name), view.doc, view.role, stored(view)])
      return `### Subject: ${subject}\n\n${table(['view', 'rows', 'role', 'stored'], rows)}`
    })
    .join('\n\n')

const roles = `A \`precursor\` view reads only what was known on the evening of its session. A \`fact\` view shows what is known now. A \`label\`
view looks forward, and no precursor view reads it. A mart is published as one Parquet file, and a materialized view is stored
by year; the other views are SQL.`

export const dictionary = (): string =>
  [
    '# Data dictionary',
    generated,
    '## Views by subject',
    roles,
    viewsBySubject(),
    '## All tables',
    table(
      ['table', 'rows', 'written by'],
      tables.map((each) => [link(each.name), each.doc, writers(each).join(', ')]),
    ),
    '## Views',
    ...views.map(section),
    '## Tables',
    ...tables.map(section),
    '## Catalysts',
    table(
      ['kind', 'scope', 'rule', 'meaning'],
      catalystKinds.map(({ kind, scope, version, earlier, doc }) => [
        code(kind),
        scope,
        [`v${version}`, ...earlier.map((each) => `compared with v${each.version}`)].join(', '),
        doc,
      ]),
    ),
    '## Releases',
    'The statistics that `releases` in the universe can name. The weight is the share of the release in the data vacuum. A sign of 1 means that a figure above consensus argues for tighter policy.',
    table(
      ['release', 'agency', 'series', 'figure', 'weight', 'sign', 'published with'],
      releaseEntries.map(
        ([name, { agency, series, fredRelease, publishedWith, measure, unit, weight, policySign }]) => [
          code(name),
          agency,
          `${code(series)}${fredRelease || publishedWith ? '' : ', not on FRED'}`,
          `${measure.replace('_', ' ')}, ${unit}`,
          String(weight),
          String(policySign),
          publishedWith ? code(publishedWith) : '',
        ],
      ),
    ),
    '## Topics of speech',
    'How well the rules find them: [speech-topics.md](speech-topics.md).',
    table(
      ['topic', 'meaning', 'rules'],
      topics.map(({ name, doc, rules }) => [code(name), doc, rules.map(({ id }) => code(id)).join(', ')]),
    ),
    '## Signals',
    'Each signal is a column of `crash_precursors` with levels that were fixed before any evaluation. It lights beyond its first level and goes out at its second.',
    table(
      ['column', 'group', 'lights', 'goes out at', 'why it is lit'],
      signals.map((signal) => [
        code(signal.column),
        signal.group,
        signal.direction === 'true' ? 'true' : `${signal.direction} ${signal.on}`,
        signal.direction === 'true' ? 'false' : String(signal.off),
        reasonOf(signal, 'lit', signal)[0],
      ]),
    ),
  ].join('\n\n')
