/**
 * Which statements a server lets pass: one SELECT over declared tables and views. The engine parses the statement, and its
 * tree is searched for names. The engine is locked besides (`locked.ts`).
 */
import type { Engine } from '../../core/engine.ts'
import { UsageError } from '../../core/errors.ts'
import { suggestion } from '../../core/nearest.ts'
import { type Node, nodesIn, parsed, textOf } from '../../core/statement-tree.ts'
import { allRelations } from '../../schemas/relations.ts'
import { queryIn } from '../query-text.ts'

/** Characters of a statement. */
const longest = 20_000

/** Functions that make rows from their arguments alone. */
const rowFunctions = ['range', 'generate_series', 'unnest']
/** Functions that read files, the machine, the catalog or the session, run text as SQL, or do nothing but take time. */
const refused =
  /^(read_|parquet_|sniff_|glob$|query$|query_table$|json_execute|json_serialize_|json_deserialize_|__internal_|has_\w+_privilege$|(obj|shobj|col)_description$|inet_|get_block_size$|map_to_pg_oid$|finalize$|combine$|getenv|getvariable|setseed|current_setting|set_config|duckdb_|pragma_|pg_|sqlite_|which_secret|write_|add_parquet_key|nextval|currval|force_checkpoint|checkpoint|current_(user|role|database|catalog|schemas?|query|connection_id|transaction_id)|session_user|user$|version$|txid_current|in_search_path|error$|sleep|test_|shell|system)/i
const catalogNames = /^(information_schema|pg_|sqlite_|duckdb_|pragma_)/i

/** Names that the statement gives to its own subqueries. */
const ownNames = (nodes: readonly Node[]): Set<string> =>
  new Set(
    nodes.flatMap(({ cte_map }) => {
      const entries = (cte_map as { map?: readonly { key: string }[] } | undefined)?.map ?? []
      return entries.map(({ key }) => key.toLowerCase())
    }),
  )

interface Allowed {
  /** Relations that may be read, in small letters. */
  readonly names: readonly string[]
  /** Schemas whose relations answer as an instant knew them. */
  readonly schemas: readonly string[]
}

const refusalOf = (node: Node, { names, schemas }: Allowed, own: ReadonlySet<string>): string | undefined => {
  const name = textOf(node.table_name)
  if (node.type === 'BASE_TABLE') {
    const schema = [textOf(node.catalog_name), textOf(node.schema_name)].filter(Boolean).join('.')
    const isOfInstant = schemas.includes(schema)
    if (schema && schema.toLowerCase() !== 'main' && !isOfInstant)
      return `no schema ${schema}: the tables and views are in main, or in the schema of an instant, such as "2025-11-20T13:29:59Z"`
    if ((!schema && own.has(name.toLowerCase())) || names.includes(name.toLowerCase())) return undefined
    return `no table or view ${JSON.stringify(name)}; ${suggestionFor(name, names)}`
  }
  if (node.type === 'SHOW_REF') return 'the catalog is not asked by SQL: describe lists tables, views and columns'
  if (node.type === 'TABLE_FUNCTION') {
    const called = textOf((node.function as Node | undefined)?.function_name)
    return rowFunctions.includes(called.toLowerCase()) ? undefined : `the function ${called} is not allowed`
  }
  if (node.class === 'FUNCTION' && refused.test(textOf(node.function_name)))
    return `the function ${textOf(node.function_name)} is not allowed`
  return undefined
}

const suggestionFor = (name: string, names: readonly string[]): string => {
  const said = suggestion(name, names)
  return said.startsWith('did') ? said : 'describe lists them'
}

/** Names of the engine and of relations that may not be read: outside of a subquery, the same name means the relation. */
const isTaken = (name: string, names: readonly string[]): boolean =>
  /^held_/.test(name) || (!names.includes(name) && allRelations.some((relation) => relation.name === name))

/** The statement that a text gives or names. */
export const statementIn = (text: string): string => {
  if (text.length > longest) throw new UsageError(`the statement is longer than ${longest} characters`)
  return queryIn(text, '')
}

/** Refuses any other statement with a UsageError. */
export const guard = async (
  engine: Engine,
  statement: string,
  names: readonly string[],
  schemas: readonly string[] = [],
): Promise<void> => {
  const { error, error_type, error_message, statements = [] } = await parsed(engine, statement)
  if (error && error_type === 'not implemented') throw new UsageError('only a SELECT is answered')
  if (error) throw new UsageError(`the statement is not SQL: ${error_message ?? error_type}`)
  if (statements.length !== 1) throw new UsageError('the text holds several statements: ask one at a time')
  const nodes = nodesIn(statements[0])
  const own = ownNames(nodes)
  const odd = [...own].find((name) => !/^\w+$/.test(name) || catalogNames.test(name) || isTaken(name, names))
  if (odd !== undefined) throw new UsageError(`${JSON.stringify(odd)} cannot be the name of a subquery`)
  for (const node of nodes) {
    const refusal = refusalOf(node, { names, schemas }, own)
    if (refusal) throw new UsageError(refusal)
  }
}
