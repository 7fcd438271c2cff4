/**
 * Which conditions may choose the sessions of a sample: those that a session answers from its own columns. The engine
 * parses the condition, and its tree is searched. A condition that reads other sessions could look ahead, and one whose
 * value changes from run to run cannot be repeated.
 */
import type { Engine } from '../core/engine.ts'
import { UsageError } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import { type Node, nodesIn, parsed, textOf } from '../core/statement-tree.ts'
import { LookAheadError, quoted } from '../schemas/view.ts'
import { crashPrecursors } from '../schemas/views/composite/crash_precursors.ts'

const columns = Object.keys(crashPrecursors.columns)

/** Kinds of expressions that have one value per row. */
const rowwise = [
  ...['BETWEEN', 'CASE', 'CAST', 'COLLATE', 'COLUMN_REF', 'COMPARISON'],
  ...['CONJUNCTION', 'CONSTANT', 'FUNCTION', 'OPERATOR'],
]

const operators = ['+', '-', '*', '/', '//', '%', '**', '^', '||', '~~', '!~~', '~~*', '!~~*', '^@']
/** Functions that have the same value in every run. The catalog of the engine cannot tell: it calls age(x) consistent. */
const functions = [
  ...['abs', 'ceil', 'ceiling', 'exp', 'floor', 'ln', 'log', 'log10', 'log2', 'mod', 'pow', 'power', 'round', 'sign'],
  ...['sqrt', 'trunc', 'greatest', 'least', 'nullif', 'isfinite', 'isinf', 'isnan'],
  ...['date_diff', 'date_part', 'date_trunc', 'day', 'dayname', 'dayofmonth', 'dayofweek', 'dayofyear', 'isodow'],
  ...['make_date', 'month', 'monthname', 'quarter', 'week', 'weekday', 'year'],
  ...['to_days', 'to_months', 'to_quarters', 'to_weeks', 'to_years'],
  ...['concat', 'contains', 'ends_with', 'length', 'like_escape', 'list_contains', 'list_value', 'lower'],
  ...['not_like_escape', 'regexp_full_match', 'regexp_matches', 'starts_with', 'string_split', 'trim', 'upper'],
]
/** Words that the parser reads as columns, and that the engine replaces by the time of the run or by its user. */
const ofTheRun = /^(current_\w+|localtime|localtimestamp|session_user|user)$/

export const notACondition = (subset: string, reason: string) =>
  new UsageError(
    `--subset ${subset} is not a condition on columns of crash_precursors (\`precursor describe crash_precursors\`): ${reason}`,
  )

const readsOthers = (subset: string, what: string) =>
  new LookAheadError(
    `--subset ${subset} must be a condition on columns of crash_precursors in the same session: ${what} reads other sessions, and could look ahead. For a trailing window use a column that has it already (\`precursor describe crash_precursors\`), add one in a view (CONTRIBUTING.md), or import its values as a series and name it with --predictor analyst_series.NAME`,
  )

const changing = (subset: string, what: string) =>
  new UsageError(
    `--subset ${subset}: ${what} has another value in another run, so that the result could not be repeated. Name the value itself, such as date '2020-01-02'`,
  )

const withoutQuery = (subset: string) =>
  new LookAheadError(
    `--subset ${subset} must be a condition on columns of crash_precursors, without a query in it: a query could look ahead`,
  )

/** The expression alone. A text that closes the parenthesis around it is several expressions or more than a list of them. */
const expressionIn = async (engine: Engine, subset: string): Promise<Node> => {
  const { error, error_message, statements = [] } = await parsed(engine, `select (${subset}\n)`)
  if (error) throw notACondition(subset, error_message?.split('\n')[0] ?? 'it is not SQL')
  const node = statements[0]!.node
  const { type, select_list, from_table, where_clause, having, qualify, sample, group_expressions, modifiers } = node
  const isAlone =
    statements.length === 1 &&
    type === 'SELECT_NODE' &&
    (from_table as Node | null)?.type === 'EMPTY' &&
    [where_clause, having, qualify, sample].every((each) => each === null) &&
    [group_expressions, modifiers].every((each) => (each as readonly unknown[]).length === 0)
  const [expression, ...others] = (select_list as readonly Node[] | undefined) ?? []
  if (!isAlone || expression === undefined) throw withoutQuery(subset)
  if (others.length > 0) throw notACondition(subset, 'it is several expressions')
  return expression
}

interface Catalogued {
  readonly function_type: string
  readonly stability: string | null
}

const functionError = async (engine: Engine, subset: string, name: string): Promise<Error> => {
  const known = await engine.rows<Catalogued>(
    `select distinct function_type, stability from duckdb_functions() where function_name = ${quoted(name)}`,
  )
  const called = `${name}()`
  if (known.some((each) => each.function_type === 'aggregate')) return readsOthers(subset, called)
  if (known.some(({ stability }) => stability?.startsWith('VOLATILE') || stability === 'CONSISTENT_WITHIN_QUERY'))
    return changing(subset, called)
  const near = nearest(name, functions)
  const allowed = near ? `did you mean ${near}?` : `the functions are ${functions.join(', ')}`
  return notACondition(subset, `the function ${called} is not allowed; ${allowed}`)
}

const columnError = (subset: string, names: readonly string[]): Error | undefined => {
  const [name = '', relation] = [...names].reverse().map((each) => each.toLowerCase())
  const isOwn = names.length === 1 || (names.length === 2 && relation === crashPrecursors.name)
  if (isOwn && columns.includes(name)) return undefined
  if (names.length === 1 && ofTheRun.test(name)) return changing(subset, name)
  const near = nearest(name, columns)
  return notACondition(subset, `no column ${JSON.stringify(names.join('.'))}${near ? `; did you mean ${near}?` : ''}`)
}

const errorOf = async (engine: Engine, subset: string, node: Node): Promise<Error | undefined> => {
  const name = textOf(node.function_name).toLowerCase()
  if (node.class === 'WINDOW') return readsOthers(subset, `${name || 'a window'}() over (…)`)
  if (node.class === 'SUBQUERY') return withoutQuery(subset)
  if (node.class === 'COLUMN_REF') return columnError(subset, node.column_names as readonly string[])
  if (node.class === 'FUNCTION')
    return operators.includes(name) || functions.includes(name) ? undefined : functionError(engine, subset, name)
  if (typeof node.class !== 'string' || rowwise.includes(node.class)) return undefined
  return notACondition(subset, `an expression of the kind ${node.class.toLowerCase()} is not allowed`)
}

/** Refuses a condition that is not answered by the columns of a session alone. */
export const refuseCondition = async (engine: Engine, subset: string): Promise<void> => {
  for (const node of nodesIn(await expressionIn(engine, subset))) {
    const error = await errorOf(engine, subset, node)
    if (error) throw error
  }
}
