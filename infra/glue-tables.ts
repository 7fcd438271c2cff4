/** Declarations as Glue tables: Parquet by year or session with partition projection, marts, and views in the form that Athena reads. */
import { Fn } from 'aws-cdk-lib'
import type * as glue from 'aws-cdk-lib/aws-glue'
import { horizon } from '../calendar/sessions.ts'
import { objectsOf } from '../pipeline/runs/step.ts'
import { martKey } from '../pipeline/silver/mart.ts'
import { firstYearOf, martName, storedName } from '../schemas/catalog.ts'
import { type Columns, type SqlType, sqlTypeName } from '../schemas/column.ts'
import type { Table } from '../schemas/table.ts'
import { isStoredBySession, type Relation, renderView, Sql, type View } from '../schemas/view.ts'

export type TableInput = glue.CfnTable.TableInputProperty

/** Trino runs a view with the rights of its owner, and refuses a view without one. */
const owner = 'hadoop'
const commentLimit = 255
const parquet = {
  inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  serdeInfo: {
    serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
    parameters: { 'serialization.format': '1' },
  },
}
const hiveTypes: Readonly<Record<SqlType, string>> = {
  varchar: 'string',
  date: 'date',
  timestamp: 'timestamp',
  double: 'double',
  bigint: 'bigint',
  boolean: 'boolean',
}

const shortened = (text: string) => (text.length > commentLimit ? `${text.slice(0, commentLimit - 1)}…` : text)
/** The comment of a column: what it means, and its unit. */
const comment = ({ doc, unit }: Columns[string]) => shortened(unit ? `${doc} [${unit}]` : doc)

const hiveColumns = (columns: Columns) =>
  Object.entries(columns).map(([name, column]) => ({
    name,
    type: hiveTypes[column.type],
    comment: comment(column),
  }))

/** Only its view reads the table of a stored view, and the view has the comments. A template may have 1 MB. */
const withoutComments = (table: ReturnType<typeof external>) => ({
  ...table,
  storageDescriptor: {
    ...table.storageDescriptor,
    columns: table.storageDescriptor.columns.map(({ name, type }) => ({ name, type })),
  },
})

const external = (name: string, { doc, columns }: Pick<Relation, 'doc' | 'columns'>, location: string) => ({
  name,
  owner,
  description: doc,
  tableType: 'EXTERNAL_TABLE',
  storageDescriptor: { columns: hiveColumns(columns), location, ...parquet },
})

/**
 * `silver/<name>/year=<yyyy>/` or `silver/<name>/session=<yyyy-mm-dd>/`. Every query looks up every year or day of the range, unless
 * it restricts them, so the range is as short as possible.
 */
export const partitionedTable = (relation: Relation, bucket: string, firstYear: number): TableInput => {
  const location = `s3://${bucket}/${objectsOf(relation)}`
  const name = relation.kind === 'view' ? storedName(relation) : relation.name
  const { partition, columns, projection } = isStoredBySession(relation)
    ? bySession(relation, firstYear)
    : byYear(relation, firstYear)
  const table = external(name, { doc: relation.doc, columns }, location)
  return {
    ...(relation.kind === 'view' ? withoutComments(table) : table),
    partitionKeys: [partition],
    parameters: {
      EXTERNAL: 'TRUE',
      classification: 'parquet',
      'projection.enabled': 'true',
      ...Object.fromEntries(
        Object.entries(projection).map(([key, value]) => [`projection.${partition.name}.${key}`, value]),
      ),
      'storage.location.template': `${location}${partition.name}=\${${partition.name}}/`,
    },
  }
}

const byYear = (relation: Relation, firstYear: number) => ({
  partition: { name: 'year', type: 'int', comment: 'Year of the object; name it to read less.' },
  columns: relation.columns,
  projection: { type: 'integer', range: `${firstYearOf(relation, firstYear)},${horizon.to.slice(0, 4)}` },
})

/** The session is a column of the catalog once: as the partition. */
const bySession = (table: Table, firstYear: number) => {
  const { session, ...columns } = table.columns
  return {
    partition: { name: 'session', type: 'date', comment: comment(session!) },
    columns,
    projection: {
      type: 'date',
      format: 'yyyy-MM-dd',
      range: `${firstYearOf(table, firstYear)}-01-01,${horizon.to}`,
      interval: '1',
      'interval.unit': 'DAYS',
    },
  }
}

/** `mart/<name>/`, one object. */
export const martTable = (view: View, bucket: string): TableInput => ({
  ...external(martName(view), view, `s3://${bucket}/${martKey(view).replace(/[^/]+$/, '')}`),
  parameters: { EXTERNAL: 'TRUE', classification: 'parquet' },
})

/** The query of a view on Athena. */
const definitionOf = (view: View): string =>
  renderView(
    view.materialized
      ? { ...view, sql: new Sql(`select ${Object.keys(view.columns).join(', ')} from ${storedName(view)}`, []) }
      : view,
  )

/** SQL with half of its indentation, which is a fiftieth of the template. No literal of the views has a line break. */
const halfIndented = (text: string) =>
  text.replaceAll(/\n( +)/g, (_, blanks: string) => `\n${' '.repeat(blanks.length / 2)}`)

/**
 * A view as Presto and Trino keep it in a Hive catalog: its JSON in base64. A description on the Glue table would hide
 * the comment by which Trino recognises a view, so what it means stands inside. CloudFormation encodes the JSON, because base64
 * would make the template a tenth longer, and a template may have 1 MB.
 */
export const viewTable = (view: View, database: string): TableInput => {
  const definition = {
    originalSql: halfIndented(definitionOf(view)),
    catalog: 'awsdatacatalog',
    schema: database,
    comment: view.doc,
    // Athena and its drivers list columns from Glue, where each has its comment.
    columns: Object.entries(view.columns).map(([name, { type }]) => ({ name, type: sqlTypeName(type) })),
    owner,
    runAsInvoker: false,
  }
  return {
    name: view.name,
    owner,
    tableType: 'VIRTUAL_VIEW',
    parameters: { presto_view: 'true', comment: 'Presto View' },
    partitionKeys: [],
    viewOriginalText: Fn.join('', ['/* Presto View: ', Fn.base64(JSON.stringify(definition)), ' */']),
    viewExpandedText: '/* Presto View */',
    storageDescriptor: { columns: hiveColumns(view.columns), location: '', serdeInfo: {} },
  }
}
