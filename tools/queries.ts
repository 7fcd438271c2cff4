/** docs/queries.md: every saved query with its question and its SQL. */
import { queries, queriesByTopic, type SavedQuery } from '../schemas/queries/index.ts'
import { generated, table } from './markdown.ts'

const heavy = 'Scans more than the 10 MB that Athena bills at least.'

const link = (text: string, heading: string) => `[${text}](#${heading})`

const overview = () =>
  table(
    ['topic', 'queries'],
    Object.entries(queriesByTopic).map(([topic, of]) => [
      topic,
      of.map(({ name }) => link(`\`${name}\``, name)).join(', '),
    ]),
  )

const section = ({ name, doc, sql, isHeavy }: SavedQuery) =>
  [`### ${name}`, isHeavy ? `${doc} ${heavy}` : doc, ['```sql', sql.text, '```'].join('\n')].join('\n\n')

export const queriesDoc = (): string =>
  [
    '# Saved queries',
    generated,
    `There are ${queries.length} saved queries. Each is one SQL text that runs on DuckDB and on Athena; the tests run it on both.`,
    `\`\`\`sh
npx precursor --lake sample-lake query ${queries[1]!.name}                # on the lake in a folder
npx precursor --lake sample-lake query ${queries[1]!.name} --format csv   # or json, or parquet
npx precursor --aws query ${queries[1]!.name}                             # on Athena
npx precursor --aws query ${queries[1]!.name} --estimate                  # what it can scan at most, without running it
\`\`\``,
    "Any DuckDB client runs the SQL below on `lake.duckdb`. In Athena's query editor each query is saved under its name. What each one scans is in [scan-budget.md](scan-budget.md).",
    overview(),
    ...Object.entries(queriesByTopic).flatMap(([topic, of]) => [`## Queries: ${topic}`, ...of.map(section)]),
  ].join('\n\n')
