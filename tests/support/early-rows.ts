/** Rows of tables that say that they were known before they can have been, by evidence beside `known_at`. */
import type { Lake } from '../../pipeline/lake/lake.ts'
import { releaseEntries } from '../../schemas/releases.ts'
import { entityOf, type Table } from '../../schemas/table.ts'
import { tables } from '../../schemas/tables/index.ts'

interface Evidence {
  readonly table: string
  /** Condition on the rows for which it holds. */
  readonly rows: string
  /** SQL of the earliest instant, from the columns of the table, of the calendar as `c` and of the next session as `n`. */
  readonly earliest: string
  readonly words: string
}

/** Minutes from the close after which a bar and its like are assumed to be known, written down here a second time. */
const afterClose: Readonly<Record<string, number>> = {
  daily_bars: 120,
  intraday_bars: 120,
  volatility_indices: 60,
  market_depth: 60,
  market_breadth: 60,
  option_chains: 60,
  implied_volatilities: 60,
}
const nextMorning = ['dealer_gamma', 'fund_holdings', 'fund_shares', 'market_volume', 'put_call_ratios']

const newYork = (day: string, clock: string) =>
  `timezone('UTC', timezone('America/New_York', cast(${day} as timestamp) + interval '${clock}'))`

const evidence: readonly Evidence[] = [
  ...tables
    .filter(({ origin }) => origin === 'payloads')
    .map(({ name }) => ({
      table: name,
      rows: `known_basis = 'observed'`,
      earliest: `try_strptime(regexp_extract(bronze_key, '/(\\d{8}T\\d{6})', 1), '%Y%m%dT%H%M%S')`,
      words: 'fetched',
    })),
  ...Object.entries(afterClose).map(([table, minutes]) => ({
    table,
    rows: `known_basis = 'assumed'`,
    earliest: `c.closes_at + interval '${minutes}' minute`,
    words: `${minutes} minutes after the close`,
  })),
  ...nextMorning.map((table) => ({
    table,
    rows: `known_basis = 'assumed'`,
    earliest: newYork('n.session', '8 hours'),
    words: '08:00 New York of the next session',
  })),
  ...releaseEntries.map(([name, { series, clock }]) => ({
    table: 'macro_releases',
    rows: `series = '${series}' and source = 'fred_macro'`,
    earliest: newYork(`cast(timezone('America/New_York', timezone('UTC', known_at)) as date)`, `${clock}:00`),
    words: `${clock} New York, when ${name} comes out`,
  })),
  {
    table: 'intraday_bars',
    rows: 'true',
    earliest: 'least(bar_start + to_minutes(interval_minutes), c.closes_at)',
    words: 'the bar ended',
  },
  { table: 'filings', rows: 'true', earliest: 'accepted_at', words: 'accepted' },
  {
    table: 'earnings',
    rows: 'true',
    earliest: '(select min(f.accepted_at) from filings f where f.symbol = v.symbol and f.accession = v.accession)',
    words: 'the filing accepted',
  },
  { table: 'policy_statements', rows: 'true', earliest: 'released_at', words: 'released' },
  { table: 'reported_events', rows: 'true', earliest: 'occurred_at', words: 'occurred' },
  { table: 'catalysts', rows: `status in ('released', 'held')`, earliest: 'occurred_at', words: 'occurred' },
]

/** Leaks in words: the row, what it says, and what it contradicts. */
export const earlyRows = async (lake: Lake): Promise<string[]> => {
  const leaks: string[] = []
  for (const { table: name, rows, earliest, words } of evidence)
    leaks.push(...(await against(lake, tables.find((table) => table.name === name)!, rows, earliest, words)))
  for (const table of tables) {
    if (!('known_session' in table.columns) || table.origin === 'compute') continue
    leaks.push(...(await knownSessions(lake, table)))
  }
  return leaks
}

const against = async ({ engine }: Lake, table: Table, rows: string, earliest: string, words: string) => {
  const isBySession = 'session' in table.columns && table.name !== 'catalysts'
  const joins = isBySession
    ? 'join calendar c on c.session = v.session join calendar n on n.session_number = c.session_number + 1'
    : ''
  const found = await engine.rows<Record<string, unknown>>(
    `select ${entityOf(table).join(', ')}, known_at, known_session, earliest from (
       select ${[...new Set([...entityOf(table), 'known_at', 'known_session'])].map((column) => `v.${column}`).join(', ')}, ${earliest} as earliest
       from ${table.name} v ${joins} where ${rows}
     ) where known_at < date_trunc('second', earliest) order by known_at desc, ${entityOf(table).join(', ')} limit 20`,
  )
  return found.map(
    (row) => `${table.name}.known_at of ${said(table, row)}: says ${row.known_at}, but ${words} ${row.earliest}`,
  )
}

/** The session of `known_at` must be the first whose evening is not before it. */
const knownSessions = async ({ engine }: Lake, table: Table): Promise<string[]> => {
  const entity = entityOf(table)
  const found = await engine.rows<Record<string, unknown>>(
    `select ${[...new Set([...entity, 'known_at', 'known_session'])].map((column) => `v.${column}`).join(', ')}
     from ${table.name} v join calendar c on c.session = v.known_session where v.known_at > c.as_of order by known_at desc, ${entityOf(table).join(', ')} limit 20`,
  )
  return found.map((row) => `${table.name}.known_session of ${said(table, row)}: its evening is before ${row.known_at}`)
}

const said = (table: Table, row: Readonly<Record<string, unknown>>) =>
  [...entityOf(table).map((name) => `${name} ${row[name]}`), `session ${row.known_session}`].join(', ')
