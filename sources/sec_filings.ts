/** SEC EDGAR submissions: every filing of a company, with its acceptance time. */
import * as z from 'zod'
import { filings } from '../schemas/tables/filings.ts'
import { edgar, perFiler, symbolOfFiler } from './shared/edgar.ts'
import { acceptedInstant, clockOf } from './shared/edgar-clock.ts'
import { fromFilingIndex, indexRequest, isFilingIndex } from './shared/edgar-index.ts'
import { cellReader, changed, jsonOf, refuseOther } from './shared/wire.ts'
import { decoded, defineSource, type Payload } from './source.ts'

const texts = z.array(z.string())
const shape = z.object({
  cik: z.union([z.string(), z.number().int()]).transform((cik) => String(cik).padStart(10, '0')),
  tickers: texts,
  filings: z.object({
    recent: z.object({
      accessionNumber: texts,
      filingDate: texts,
      reportDate: texts,
      acceptanceDateTime: texts,
      form: texts,
      items: texts,
      primaryDocument: texts,
    }),
  }),
})

/** The filings of a capture, a record each, and the clock of their acceptance times. */
const capture = (payload: Payload) => {
  const { cik, tickers, filings: found } = jsonOf(payload, shape)
  refuseOther(payload, cik, payload.key.padStart(10, '0'))
  const { recent } = found
  const lengths = new Set(Object.values(recent).map((each) => each.length))
  if (lengths.size !== 1) throw changed(payload, `columns of different lengths ${[...lengths].join(', ')}`)
  const records = recent.accessionNumber.map((accession, i) => ({
    accession,
    acceptedAt: recent.acceptanceDateTime[i]!,
    filedOn: recent.filingDate[i]!,
    form: recent.form[i]!,
    items: recent.items[i]!,
    reportOn: recent.reportDate[i],
    document: recent.primaryDocument[i],
  }))
  return { cik, tickers, records, clock: clockOf(records) }
}

/** The SEC lists the classes of a filer in no order. Preferred shares are written as BAC-PB, classes of common stock as BRK-B. */
const commonTicker = (tickers: readonly string[]) => tickers.find((each) => !/-P[A-Z]*$/.test(each)) ?? tickers[0]

const isResults = ({ form, items }: { readonly form: string; readonly items: string }) =>
  form.startsWith('8-K') && items.split(',').includes('2.02')

export const secFilings = defineSource({
  name: 'sec_filings',
  doc: 'Filings of the companies that the lake follows, with their acceptance times. An 8-K with item 2.02 reports results.',
  ...edgar,
  hosts: [...edgar.hosts, 'www.sec.gov'],
  tables: [filings],
  proof: {
    on: 'recorded bytes',
    since: '2026-11-23',
    scope: 'the list of filings; the page of one filing on a documented shape',
  },
  request: (_, { universe }) => perFiler(universe, (cik) => `/submissions/CIK${cik}.json`),
  // If the filings do not decide the clock, the page of each filing with results gives its time in New York.
  follow: (payload, { from, to }, { universe }) => {
    if (isFilingIndex(payload)) return []
    const { cik, records, clock } = capture(payload)
    if (clock !== 'later') return []
    return records
      .filter((each) => isResults(each) && each.filedOn >= from && each.filedOn <= to)
      .map(({ accession }) => indexRequest(universe, cik, accession))
  },
  rows: (payload, { universe }) => {
    if (isFilingIndex(payload)) return fromFilingIndex(payload, universe)
    const { cik, tickers, records, clock } = capture(payload)
    const symbol = symbolOfFiler(universe, cik) ?? commonTicker(tickers) ?? null
    return records.map(({ accession, acceptedAt, filedOn, form, items, reportOn, document }, i) => {
      const cell = cellReader(payload, filings, i + 1, `${symbol}, ${accession}`)
      cell.instant('accepted_at', acceptedAt)
      const accepted_at = acceptedInstant(acceptedAt, clock)!
      return decoded(
        filings,
        i + 1,
        {
          symbol,
          filed_on: cell.date('filed_on', filedOn),
          accession,
          cik,
          form,
          items,
          accepted_at,
          acceptance_clock: clock,
          report_on: reportOn ? cell.date('report_on', reportOn) : null,
          document: document || null,
        },
        accepted_at,
      )
    })
  },
})
