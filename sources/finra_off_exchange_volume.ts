/** FINRA's daily short sale volume files: shares reported off exchange by symbol, published the same evening. */
import { sessionsBetween } from '../calendar/sessions.ts'
import { symbolVolume } from '../schemas/tables/symbol_volume.ts'
import { cellReader, changed, csvRows, piped, refuseOther, textOf } from './shared/wire.ts'
import { browserHeaders, decoded, defineSource, type Payload } from './source.ts'

/** Files that FINRA publishes, by the letters of their names: all facilities together, and each of them. */
const venues: Readonly<Record<string, string>> = {
  CNMS: 'off_exchange',
  FNSQ: 'fnsq',
  FNQC: 'fnqc',
  FNYX: 'fnyx',
  FNRA: 'fnra',
  FORF: 'forf',
}

/** The venue and day of a payload. Its key is a session, or the name of a file such as FNSQshvol20190926. */
const subjectOf = (payload: Payload): { readonly venue: string; readonly day?: string } => {
  const { key } = payload
  if (/^\d{4}-\d\d-\d\d$/.test(key)) return { venue: 'off_exchange', day: key }
  const [, file, year, month, day] = /^([A-Z]{4})(?:shvol(\d{4})(\d\d)(\d\d))?(?![A-Za-z0-9])/.exec(key) ?? []
  const venue = venues[file ?? '']
  if (!venue)
    throw changed(payload, `the key is neither a session nor a file such as CNMSshvol20251120; give it with --for`)
  return year ? { venue, day: `${year}-${month}-${day}` } : { venue }
}

/** The last line of a file gives the number of its rows. */
const trailer = /(?:^|\n)(\d+)\s*$/
/** Names of two columns in files of before 2020 and since. */
const names = [
  { shares: 'Total Volume', market: 'Market Center' },
  { shares: 'TotalVolume', market: 'Market' },
] as const

export const finraOffExchangeVolume = defineSource({
  name: 'finra_off_exchange_volume',
  doc: 'Shares traded off exchange in every US stock and ETF, by session, the same evening. With the ETF flag of the symbol directory they give the ETF share of off-exchange volume.',
  homepage: 'https://www.finra.org/finra-data/browse-catalog/short-sale-volume-data/daily-short-sale-volume-files',
  licence: 'FINRA terms of use; cite FINRA.',
  tables: [symbolVolume],
  proof: {
    on: 'documented shape',
    since: '2026-11-26',
    scope: 'and recorded rows of one facility, 2019 to 2021, with the older header',
  },
  hosts: ['cdn.finra.org'],
  lag: { kind: 'after_close', minutes: 120 },
  rate: { requests: 1, seconds: 1 },
  headers: browserHeaders,
  extension: 'txt',
  absent: [403, 404],
  lookBack: 3,
  request: ({ from, to }, { universe }) =>
    universe.symbolVolumes
      ? sessionsBetween(from, to).map(({ session }) => ({
          key: session,
          url: `https://cdn.finra.org/equity/regsho/daily/CNMSshvol${session.replaceAll('-', '')}.txt`,
        }))
      : [],
  rows: (payload) => {
    const { venue, day } = subjectOf(payload)
    const text = textOf(payload)
    const announced = trailer.exec(text)?.[1]
    const body = announced === undefined ? text : `${text.slice(0, text.search(trailer))}\n`
    const columns = names.find(({ shares }) => text.split('\n', 1)[0]!.includes(`|${shares}|`)) ?? names[1]
    const rows = csvRows(payload, ['Date', 'Symbol', columns.shares, columns.market], body, piped)
    if (announced !== undefined && Number(announced) !== rows.length)
      throw changed(payload, `the last line counts ${announced} rows, and there are ${rows.length}`)
    // Files of other products and excerpts that are handed in can lack the count; an answer of the site cannot.
    if (announced === undefined && payload.url)
      throw changed(payload, 'the last line does not count the rows, so the file may be cut off')
    return rows.map(({ row, cells }) => {
      const cell = cellReader(payload, symbolVolume, row, `${cells.symbol}, ${cells.date}`)
      const session = cell.date('session', cells.date, 'yyyyMMdd')
      if (day) refuseOther(payload, session, day)
      return decoded(symbolVolume, row, {
        session,
        venue,
        // FINRA writes the class of a share after a slash.
        symbol: cells.symbol!.replaceAll('/', '.') || null,
        shares: cell.double('shares', cells[columns.shares.toLowerCase()]),
        notional: null,
      })
    })
  },
})
