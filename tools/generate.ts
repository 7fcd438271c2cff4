/** All generated documents. `npm run docs` writes them, and a test fails if a file differs. */
import { semanticModel } from '../bi/semantic-model.ts'
import { supersetFiles } from '../bi/superset.ts'
import { publishedNow } from '../schemas/published.ts'
import { allRelations } from '../schemas/relations.ts'
import type { Lag } from '../schemas/table.ts'
import { views } from '../schemas/views/index.ts'
import { sources } from '../sources/index.ts'
import { architecture } from './architecture.ts'
import { cost } from './cost.ts'
import { dictionary } from './dictionary.ts'
import { generated, table } from './markdown.ts'
import { operations } from './operations.ts'
import { queriesDoc } from './queries.ts'

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
    `"Proven on" says on what the tests of a decoder rest. Recorded bytes were served by the provider; a test decodes them.
A documented shape is a payload written after the provider's documentation or after what public clients read. Whether the provider
still serves it is not known before the first run.`,
    table(
      ['source', 'what', 'tables', 'assumed public', 'key', 'rate', 'licence', 'proven on', 'since'],
      sources.map(({ name, doc, homepage, tables: fed, lag, secret, rate, licence, proof }) => [
        `[\`${name}\`](${homepage})`,
        doc,
        fed.map((each) => `\`${each.name}\``).join(', '),
        [...new Set(fed.map((each) => lagInWords(lag ?? each.lag)))].join('; '),
        secret ? `\`${secret.name}\`${secret.required ? '' : ', optional'}` : 'none',
        `${rate.requests} in ${rate.seconds} s`,
        licence,
        proof.scope ? `${proof.on} (${proof.scope})` : proof.on,
        proof.since,
      ]),
    ),
  ].join('\n\n')

/** docs/lineage.md: sources, tables and views in one diagram. */
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
    'Rounded boxes are sources, cylinders are tables, and square boxes are views.',
    ['```mermaid', 'flowchart LR', ...edges, '```'].join('\n'),
  ].join('\n\n')
}

/** Every generated document by its path in the project. */
export const allDocs = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      'docs/architecture.md': architecture(),
      'docs/data-dictionary.md': dictionary(),
      'docs/sources.md': sourcesDoc(),
      'docs/lineage.md': lineage(),
      'docs/operations.md': ['# Operations', generated, operations()].join('\n\n'),
      'docs/queries.md': queriesDoc(),
      'docs/cost.md': ['# Cost', generated, cost()].join('\n\n'),
      'bi/precursor.osi.json': JSON.stringify(semanticModel(), null, 1),
      ...Object.fromEntries(
        Object.entries(supersetFiles()).map(([path, text]) => [`bi/superset/${path}`, text.trimEnd()]),
      ),
      'schemas/published.json': JSON.stringify(publishedNow(allRelations), null, 2),
    }).map(([path, text]) => [path, `${text}\n`]),
  )
