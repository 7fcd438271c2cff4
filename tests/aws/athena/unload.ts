/**
 * UNLOAD of Athena on Trino, which lacks the statement: the query fills an external table of another catalog, and the table is
 * dropped. Its files stay. https://docs.aws.amazon.com/athena/latest/ug/unload.html
 */
import { randomUUID } from 'node:crypto'
import { unloadCatalog, unloadSchema } from '../trino.ts'

export interface UnloadStatement {
  readonly query: string
  /** An S3 location, which must be empty. */
  readonly destination: string
  readonly statements: readonly string[]
  /** Session settings of Trino. */
  readonly session: Readonly<Record<string, string>>
}

const pattern = /^\s*unload\s*\(([\s\S]*)\)\s*to\s*'(s3:\/\/[^']+\/)'\s*with\s*\(([^()]*)\)\s*$/i
const property = /^\s*(\w+)\s*=\s*'(\w+)'\s*$/

/** Undefined if the text is another statement. A property that is not emulated is an error. */
export const unloadIn = (text: string): UnloadStatement | undefined => {
  if (!/^\s*unload\b/i.test(text)) return undefined
  const [, query, destination, properties] = pattern.exec(text) ?? []
  if (!query || !destination || !properties)
    throw new Error("mismatched input. Expecting: UNLOAD (query) TO 's3://…/' WITH (…)")
  const given = new Map(
    properties.split(',').map((each) => {
      const [, name, value] = property.exec(each) ?? []
      if (!name) throw new Error(`property ${each} is not emulated`)
      return [name.toLowerCase(), value!] as const
    }),
  )
  const { format, compression = 'GZIP', ...others } = Object.fromEntries(given)
  if (!format) throw new Error('the property format is required')
  if (Object.keys(others).length > 0) throw new Error(`properties ${Object.keys(others)} are not emulated`)
  const table = `${unloadSchema}.u_${randomUUID().replaceAll('-', '')}`
  return {
    query,
    destination,
    statements: [
      `create table ${table} with (format = '${format}', external_location = '${destination}') as ${query}`,
      `drop table ${table}`,
    ],
    session: { [`${unloadCatalog}.compression_codec`]: compression },
  }
}
