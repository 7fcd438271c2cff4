/**
 * The catalog of a deployment, narrowed to a lake. Trino asks S3 for every year or day of the declared range of a table, and the
 * emulator answers one request after another: most of the time of a query would be spent on days without an object. The declared
 * range is used by the evenings of `deploy.test.ts`.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { asked, rootOf } from './permissions.ts'

interface GlueTable {
  readonly Name: string
  readonly Parameters?: Readonly<Record<string, string>>
  readonly PartitionKeys?: readonly { readonly Name: string }[]
  readonly StorageDescriptor: { readonly Location: string }
}

/** What `UpdateTable` takes of what `GetTables` gives. */
const inputOf = (table: GlueTable) =>
  Object.fromEntries(
    ['Name', 'Description', 'Owner', 'TableType', 'Parameters', 'PartitionKeys', 'StorageDescriptor'].flatMap((key) =>
      key in table ? [[key, table[key as keyof GlueTable]]] : [],
    ),
  )

const glue = async (url: string, operation: string, input: unknown) =>
  JSON.parse(
    await asked(url, {
      method: 'POST',
      headers: {
        ...rootOf('glue'),
        'x-amz-target': `AWSGlue.${operation}`,
        'content-type': 'application/x-amz-json-1.1',
      },
      body: JSON.stringify(input),
    }),
  )

const tablesOf = async (url: string, DatabaseName: string): Promise<readonly GlueTable[]> => {
  const found: GlueTable[] = []
  let NextToken: string | undefined
  do {
    const page = await glue(url, 'GetTables', { DatabaseName, ...(NextToken ? { NextToken } : {}) })
    found.push(...page.TableList)
    NextToken = page.NextToken
  } while (NextToken)
  return found
}

/** Makes every table look up the years or sessions from the first to the last object that the folder has of it. */
export const lookUpOnly = async (url: string, DatabaseName: string, folder: string): Promise<void> => {
  for (const table of await tablesOf(url, DatabaseName)) {
    const [partition] = table.PartitionKeys ?? []
    const key = `projection.${partition?.Name}.range`
    const range = table.Parameters?.[key]
    if (!partition || !range) continue
    const objects = join(folder, new URL(table.StorageDescriptor.Location).pathname)
    const values = existsSync(objects)
      ? readdirSync(objects)
          .map((name) => name.slice(partition.Name.length + 1))
          .sort()
      : []
    const last = values.at(-1) ?? range.split(',')[1]!
    const TableInput = inputOf({ ...table, Parameters: { ...table.Parameters, [key]: `${values[0] ?? last},${last}` } })
    await glue(url, 'UpdateTable', { DatabaseName, TableInput })
  }
}
