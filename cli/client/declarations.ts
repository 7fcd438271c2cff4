/** The types of the package: an interface with the columns of each table and view, made from the declarations. */
import type { SqlType } from '../../schemas/column.ts'
import { allRelations } from '../../schemas/relations.ts'
import type { Relation } from '../../schemas/view.ts'

const types: Readonly<Record<SqlType, string>> = {
  varchar: 'string',
  date: 'string',
  timestamp: 'string',
  double: 'number',
  bigint: 'number',
  boolean: 'boolean',
}

const comment = (text: string, margin = '') => `${margin}/** ${text.replaceAll('*/', '* /')} */`

/** `daily_bars` is `DailyBars`. */
const typeName = (name: string) =>
  name
    .split('_')
    .map((word) => `${word[0]!.toUpperCase()}${word.slice(1)}`)
    .join('')

const interfaceOf = ({ name, doc, columns }: Relation) =>
  [
    comment(doc),
    `export interface ${typeName(name)} {`,
    ...Object.entries(columns).flatMap(([column, { type, nullable, unit, doc: meaning }]) => [
      comment(unit ? `${meaning} Unit: ${unit}.` : meaning, '  '),
      `  readonly ${column}: ${types[type]}${nullable ? ' | null' : ''}`,
    ]),
    '}',
  ].join('\n')

/** `rows.d.ts`. */
export const rowTypes = (): string =>
  [
    ...allRelations.map(interfaceOf),
    comment('The row of each table and view, by its name.'),
    'export interface Rows {',
    ...allRelations.map(({ name }) => `  readonly ${name}: ${typeName(name)}`),
    '}\n',
  ].join('\n')

/** The files with the types of the package, by their names. `api` is the text of `api.ts`. */
export const declarations = (api: string): Readonly<Record<string, string>> => ({
  'rows.d.ts': rowTypes(),
  'api.d.ts': api.replace("'./rows.ts'", "'./rows.js'"),
  'index.d.ts': [
    "export type * from './api.js'",
    "export type * from './rows.js'",
    "import type { OpenLake } from './api.js'",
    'export declare const openLake: OpenLake\n',
  ].join('\n'),
})
