/**
 * The lake of a deployment on Trino, layer by layer: each table is read once through the catalog, and each view is evaluated once,
 * by the text that is deployed, over the rows that Trino itself gave for the views below it. Without this, a query evaluates every
 * view below it again, and planning and starting these parts costs far more than their rows.
 */
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { storedName } from '../../schemas/catalog.ts'
import type { Relation, View } from '../../schemas/view.ts'
import { newFolder } from '../support/lake.ts'
import { cell, columnInfo, csv } from './athena/cells.ts'
import { type Finished, reasonOf, statement } from './athena/statement.ts'
import type { Deployed } from './deployment.ts'
import type { Answer } from './disagreements.ts'
import type { LocalAws } from './local-aws.ts'
import { asked, rootOf } from './permissions.ts'
import { memoryCatalog } from './trino.ts'

export interface Layers {
  /** The rows of a query whose relations are `reads`. */
  ask(reads: readonly Relation[], sql: string): Promise<Answer>
  close(): Promise<void>
}

/** One node has nothing to distribute. These settings leave out stages of a plan that would only move rows, and change no answer. */
const session = {
  join_distribution_type: 'BROADCAST',
  distributed_sort: false,
  redistribute_writes: false,
  scale_writers: false,
  enable_dynamic_filtering: false,
}

export const openLayers = ({ url, trinoUrl }: LocalAws, { database }: Deployed): Layers => {
  const schema = `${database}_${randomUUID().slice(0, 8)}`
  const run = async (sql: string): Promise<Finished> => {
    const finished = await statement(trinoUrl, sql, { catalog: memoryCatalog, schema, session })
    if (finished.error) throw new Error(`${reasonOf(finished.error)}\n${sql}`)
    return finished
  }
  const ready = run(`create schema ${memoryCatalog}.${schema}`)
  const made = new Map<string, Promise<unknown>>()
  const once = (name: string, make: () => Promise<unknown>): Promise<unknown> => {
    const running = made.get(name) ?? ready.then(make)
    made.set(name, running)
    return running
  }
  const copied = (table: string) =>
    once(table, () => run(`create table ${table} as select * from awsdatacatalog.${database}.${table}`))
  const stored = (relation: Relation): Promise<unknown> =>
    relation.kind === 'table' ? copied(relation.name) : once(relation.name, () => evaluated(relation))
  const evaluated = async (view: View): Promise<void> => {
    if (view.materialized) await copied(storedName(view))
    else for (const each of view.sql.reads) await stored(each)
    await run(`create table ${view.name} as ${await deployedText(url, database, view)}`)
  }
  return {
    ask: async (reads, sql) => {
      for (const each of reads) await stored(each)
      const { columns, rows } = await run(sql)
      const file = join(newFolder(), 'answer.csv')
      const texts = rows.map((row) => row.map((value, i) => cell(value, columns[i]!.typeSignature)))
      writeFileSync(
        file,
        csv(
          columns.map(({ name }) => name),
          texts,
        ),
      )
      return { columns: columns.map(columnInfo).map(({ Name, Type }) => ({ name: Name!, type: Type! })), file }
    },
    close: async () => {
      await run(`drop schema ${memoryCatalog}.${schema} cascade`)
    },
  }
}

/** The text of a view in the catalog of the deployment. */
const deployedText = async (url: string, DatabaseName: string, { name }: View): Promise<string> => {
  const text = await asked(url, {
    method: 'POST',
    headers: { ...rootOf('glue'), 'x-amz-target': 'AWSGlue.GetTable', 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ DatabaseName, Name: name }),
  })
  const [, definition] = /Presto View: (\S+)/.exec(JSON.parse(text).Table.ViewOriginalText)!
  return JSON.parse(Buffer.from(definition!, 'base64').toString()).originalSql
}
