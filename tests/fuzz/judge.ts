/** What is wrong with what came of a mutation; nothing where it landed rightly, was set aside by name or refused by name. */
import type { Columns } from '../../schemas/column.ts'
import { tables } from '../../schemas/tables/index.ts'
import type { Landing } from './fuzz-lake.ts'
import type { Mutation } from './mutation.ts'
import type { Seed } from './seed.ts'

const sqlText =
  /\b(select|insert into|create or replace|read_csv|read_parquet|try_cast|Binder Error|Conversion Error|Catalog Error|INTERNAL Error)\b|LINE \d+:/
const stack = /\n\s+at |node:internal|node_modules/

/** An error or a reason that a person is shown. */
const wordsWrong = (text: string): string | undefined => {
  if (sqlText.test(text)) return `SQL in the error: ${text}`
  if (stack.test(text)) return `a stack in the error: ${text}`
  return undefined
}

const errorWrong = ({ origin }: Seed, error: string): string | undefined => {
  const wrong = wordsWrong(error)
  if (wrong) return wrong
  if (!/^(SourceChangedError|ContractError|UsageError): /.test(error)) return `an error without its class: ${error}`
  if (!error.includes(origin) && !/^ContractError: \w+\.\w+ row \d+/.test(error))
    return `an error that does not name ${origin}: ${error}`
  if (!/^UsageError/.test(error) && !error.includes('bronze/')) return `an error that names no bronze object: ${error}`
  return undefined
}

type Row = Readonly<Record<string, unknown>>

const tableOf = (row: string) => row.slice(0, row.indexOf(' '))
const parsed = (row: string) => JSON.parse(row.slice(row.indexOf(' ') + 1)) as Row

/** Whether a row is a right one but for columns that may be unknown and are. */
const isBlanked = (row: string, right: readonly string[]): boolean => {
  const found = parsed(row)
  const columns = tables.find(({ name }) => name === tableOf(row))!.columns as Columns
  return right
    .filter((each) => tableOf(each) === tableOf(row))
    .map(parsed)
    .some((each) =>
      Object.entries(each).every(
        ([name, value]) =>
          name === 'known_at' || found[name] === value || (found[name] === null && columns[name]?.nullable),
      ),
    )
}

/** A number that is none, a character that stands for a lost one, or a control character. */
const impossible = (row: string) => /\b(Infinity|NaN)\b|\uFFFD|\\u00[01]|\\ufffd/i.test(row) && !/NaNy/.test(row)

export const judge = (seed: Seed, mutation: Mutation, right: Landing, found: Landing): string | undefined => {
  const { outcome, rows, rejected, ledger } = found
  const error = outcome.error
  if (ledger.length !== 1) return `${ledger.length} entries in the ledger (${error})`
  if (error !== null) {
    if (mutation.isSame) return `refused, although it says the same: ${error}`
    if (rows.length) return `refused, and ${rows.length} rows landed: ${error}`
    if (ledger[0]!.status !== 'refused' || ledger[0]!.error !== error)
      return `the ledger says ${JSON.stringify(ledger[0])}`
    return errorWrong(seed, error)
  }
  for (const { reason, content } of rejected) {
    const wrong = reason ? wordsWrong(reason) : `no reason for ${content}`
    if (wrong) return wrong
  }
  const before = new Set(right.rows)
  const now = new Set(rows)
  const lost = right.rows.filter((row) => !now.has(row))
  let strange = rows.filter((row) => !before.has(row))
  const odd = strange.find(impossible)
  if (odd) return `an impossible value landed: ${odd}`
  if (mutation.isSame && (lost.length || strange.length || rejected.length))
    return `it says the same, and ${strange[0] ?? lost[0] ?? rejected[0]?.reason} is other`
  if (mutation.mayBeOther === 'blank') strange = strange.filter((row) => !isBlanked(row, right.rows))
  else if (mutation.mayBeOther) return undefined
  if (strange.length) return `silently other: ${strange[0]}`
  if (lost.length > rejected.length + (outcome.leftOutCount ?? 0) && !mutation.mayBeOther)
    return `silently lost: ${lost[0]}`
  return undefined
}
