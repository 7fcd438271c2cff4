/** The syntax tree of a statement, as the engine parses it. */
import { type Engine, quoted } from './engine.ts'

export type Node = Readonly<Record<string, unknown>>

export interface Parsed {
  readonly error: boolean
  readonly error_type?: string
  readonly error_message?: string
  readonly statements?: readonly { readonly node: Node }[]
}

/** Parses a text without running it. */
export const parsed = async (engine: Engine, statement: string): Promise<Parsed> => {
  const [row] = await engine.rows<{ tree: string }>(`select json_serialize_sql(${quoted(statement)}) as tree`)
  return JSON.parse(row!.tree) as Parsed
}

/** The objects of a tree, each before those that it contains. */
export const nodesIn = (value: unknown): Node[] => {
  if (Array.isArray(value)) return value.flatMap(nodesIn)
  if (typeof value !== 'object' || value === null) return []
  return [value as Node, ...Object.values(value).flatMap(nodesIn)]
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
