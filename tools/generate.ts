/** Writes the docs that follow from the declarations: `npm run docs`. A test fails when they are stale. */
import { semanticModel } from '../bi/semantic-model.ts'
import { supersetFiles } from '../bi/superset.ts'
import { catalystKinds } from '../schemas/catalysts/index.ts'
import { publishedNow } from '../schemas/published.ts'
import { queries, queriesByTopic, type SavedQuery } from '../schemas/queries/index.ts'
import { releaseEntries } from '../schemas/releases.ts'
import { reasonOf } from '../schemas/signal-levels.ts'
import { signals } from '../schemas/signals.ts'
import type { Lag } from '../schemas/table.ts'
import { tables } from '../schemas/tables/index.ts'
import { topics } from '../schemas/topics/index.ts'
import type { Relation } from '../schemas/view.ts'
import { views } from '../schemas/views/index.ts'
import { sources } from '../sources/index.ts'
import { cost } from './cost.ts'
import { operations } from './operations.ts'

const generated = '<!-- Written by `npm run docs` from the declarations; do not edit. -->'
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const table = (header: readonly string[], rows: readonly (readonly string[])[]) =>
  [header, header.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

const writtenBy = (relation: Relation) => {
  if (relation.kind === 'view') return `Reads: ${relation.sql.reads.map((each) => `\`${each.name}\``).join(', ')}.`
  const feeds = sources.filter((source) => source.tables.includes(relation)).map((source) => `\`${source.name}\``)
  return `Written by: ${[...feeds, ...(relation.origin === 'payloads' ? ['imports'] : [`the ${relation.origin} step`])].join(', ')}.`
}

const section = (relation: Relation) =>
  [
    `### ${relation.name}`,
    relation.doc,
    `Grain: ${relation.grain.map((name) => `\`${name}\``).join(', ')}. ${writtenBy(relation)}`,
    table(
      ['column', 'type', 'null', 'unit', 'meaning'],
      Object.entries(relation.columns).map(([name, { type, nullable, unit, doc }]) => [
        `\`${name}\``,
        type,
        nullable ? 'yes' : '',
        unit ?? '',
        doc,
      ]),
    ),
  ].join('\n\n')

const dictionary = () =>
  [
    '# Data dictionary',
    generated,
    '## Views',
    ...views.map(section),
    '## Tables',
    ...tables.map(section),
    '## Catalysts',
    table(
      ['kind', 'scope', 'rule', 'meaning'],
      catalystKinds.map(({ kind, scope, version, earlier, doc }) => [
        `\`${kind}\``,
        scope,
        [`v${version}`, ...earlier.map((each) => `compared with v${each.version}`)].join(', '),
        doc,
      ]),
    ),
    '## Releases',
    'The statistics that `releases` in the universe can name. Weights are those of the data vacuum; a sign of 1 means that a figure above consensus argues for tighter policy.',
    table(
      ['release', 'agency', 'series', 'figure', 'weight', 'sign', 'published with'],
      releaseEntries.map(
        ([name, { agency, series, fredRelease, publishedWith, measure, unit, weight, policySign }]) => [
          `\`${name}\``,
          agency,
          `\`${series}\`${fredRelease || publishedWith ? '' : ', not on FRED'}`,
          `${measure.replace('_', ' ')}, ${unit}`,
          String(weight),
          String(policySign),
          publishedWith ? `\`${publishedWith}\`` : '',
        ],
      ),
    ),
    '## Topics of speech',
    'How well the rules find them: [speech-topics.md](speech-topics.md).',
    table(
      ['topic', 'meaning', 'rules'],
      topics.map(({ name, doc, rules }) => [`\`${name}\``, doc, rules.map(({ id }) => `\`${id}\``).join(', ')]),
    ),
    '## Signals',
    'Levels fixed beforehand, over `crash_precursors`. A signal lights beyond the first level and goes out at the second.',
    table(
      ['column', 'group', 'lights', 'goes out at', 'why it is lit'],
      signals.map((signal) => [
        `\`${signal.column}\``,
        signal.group,
        signal.direction === 'true' ? 'true' : `${signal.direction} ${signal.on}`,
        signal.direction === 'true' ? 'false' : String(signal.off),
        reasonOf(signal, 'lit', signal)[0],
      ]),
    ),
  ].join('\n\n')

const lagInWords = (lag: Lag): string => {
  if (lag.kind === 'after_close') return lag.minutes < 0 ? 'at the open' : `${lag.minutes} minutes after the close`
  if (lag.kind === 'next_morning') return '08:00 New York of the next session'
  if (lag.kind === 'column') return `at \`${lag.column}\``
  return 'as published, else when fetched'
}

const sourcesDoc = () =>
  [
    '# Sources',
    generated,
    table(
      ['source', 'what', 'tables', 'assumed public', 'key', 'rate', 'licence'],
      sources.map(({ name, doc, homepage, tables: fed, lag, secret, rate, licence }) => [
        `[\`${name}\`](${homepage})`,
        doc,
        fed.map((each) => `\`${each.name}\``).join(', '),
        [...new Set(fed.map((each) => lagInWords(lag ?? each.lag)))].join('; '),
        secret ? `\`${secret.name}\`${secret.required ? '' : ', optional'}` : 'none',
        `${rate.requests} in ${rate.seconds} s`,
        licence,
      ]),
    ),
  ].join('\n\n')

/** Sources, tables and views as one drawing. */
const lineage = () => {
  const edges = [
    ...sources.flatMap((source) =>
      source.tables.map((each) => `  ${source.name}([${source.name}]) --> ${each.name}[(${each.name})]`),
    ),
    ...views.flatMap((view) => view.sql.reads.map((read) => `  ${read.name} --> ${view.name}[${view.name}]`)),
  ]
  return [
    '# Lineage',
    generated,
    'Rounded: sources. Cylinders: tables. Boxes: views.',
    ['```mermaid', 'flowchart LR', ...edges, '```'].join('\n'),
  ].join('\n\n')
}

const queryFile = ({ name, doc, sql }: SavedQuery) => [`docs/queries/${name}.sql`, `-- ${doc}\n${sql.text}`] as const

/** What a query scans is in docs/scan-budget.md. */
const heavy = 'Scans more than the minimum that Athena bills.'

const queriesDoc = () =>
  [
    '# Queries',
    generated,
    'Each is one text for DuckDB and Athena, run on both by the tests; also `npx precursor query NAME`, and under its name in the query editor of Athena.',
    ...Object.entries(queriesByTopic).map(
      ([topic, of]) =>
        `## ${topic}\n\n${table(
          ['query', 'what it answers'],
          of.map(({ name, doc, isHeavy }) => [`[\`${name}\`](${name}.sql)`, isHeavy ? `${doc} ${heavy}` : doc]),
        )}`,
    ),
  ].join('\n\n')

/** Every generated document by its path in the project. */
export const allDocs = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      'docs/data-dictionary.md': dictionary(),
      'docs/sources.md': sourcesDoc(),
      'docs/lineage.md': lineage(),
      'docs/operations.md': ['# Operations', generated, operations()].join('\n\n'),
      'docs/queries/README.md': queriesDoc(),
      ...Object.fromEntries(queries.map(queryFile)),
      'docs/cost.md': ['# Cost', generated, cost()].join('\n\n'),
      'bi/precursor.osi.json': JSON.stringify(semanticModel(), null, 1),
      ...Object.fromEntries(
        Object.entries(supersetFiles()).map(([path, text]) => [`bi/superset/${path}`, text.trimEnd()]),
      ),
      'schemas/published.json': JSON.stringify(publishedNow([...tables, ...views]), null, 2),
    }).map(([path, text]) => [path, `${text}\n`]),
  )
