/** An engine that defines relations when a statement names them. */
import type { Engine } from '../../core/engine.ts'
import type { Relation } from '../../schemas/view.ts'

/** Statements that list the relations of the engine. */
const asksForAll = /\b(information_schema|duckdb_\w+|pg_\w+|pragma|show|export)\b/i

/** The relations whose names are words of a statement: all that it reads, and maybe some whose names are used otherwise. */
export const namedIn = (statement: string, relations: readonly Relation[]): readonly Relation[] => {
  if (asksForAll.test(statement)) return relations
  const words = new Set(statement.toLowerCase().match(/\w+/g))
  return relations.filter(({ name }) => words.has(name))
}

/** The engine, with something to be done before each statement. */
export const defining = (engine: Engine, before: (statement: string) => Promise<void>): Engine => ({
  ...engine,
  run: async (sql) => {
    await before(sql)
    return engine.run(sql)
  },
  runAll: async (statements) => {
    await before(statements.join('\n'))
    return engine.runAll(statements)
  },
  oneThreadEach: async (statements) => {
    await before(statements.join('\n'))
    return engine.oneThreadEach(statements)
  },
  rows: async <T>(sql: string) => {
    await before(sql)
    return engine.rows<T>(sql)
  },
  // One query runs while the relations of the next one are defined.
  rowsOfAll: (queries) => engine.rowsOfAll(queries, before),
  answer: async (sql, bounds) => {
    await before(sql)
    return engine.answer(sql, bounds)
  },
  async *parts(sql) {
    await before(sql)
    yield* engine.parts(sql)
  },
  doubles: async (names, from) => {
    await before(from)
    return engine.doubles(names, from)
  },
  columnsOf: async (sql) => {
    await before(sql)
    return engine.columnsOf(sql)
  },
})
