/** SEC EDGAR submissions: every filing of a company, with its acceptance time. */
import { z } from 'zod'
import { filings } from '../schemas/tables/filings.ts'
import { edgar, perFiler } from './shared/edgar.ts'
import { cellReader, changed, jsonOf } from './shared/wire.ts'
import { decoded, defineSource } from './source.ts'

const texts = z.array(z.string())
const shape = z.object({
  cik: z.string(),
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

export const secFilings = defineSource({
  name: 'sec_filings',
  doc: 'Filings of the companies that the lake follows, with their acceptance times. An 8-K with item 2.02 reports results.',
  ...edgar,
  tables: [filings],
  request: (_, { universe }) => perFiler(universe, (cik) => `/submissions/CIK${cik}.json`),
  rows: (payload) => {
    const { cik, tickers, filings: found } = jsonOf(payload, shape)
    const { recent } = found
    const lengths = new Set(Object.values(recent).map((each) => each.length))
    if (lengths.size !== 1) throw changed(payload, `columns of different lengths ${[...lengths].join(', ')}`)
    const symbol = tickers[0] ?? null
    return recent.accessionNumber.map((accession, i) => {
      const cell = cellReader(payload, filings, i + 1, `${symbol}, ${accession}`)
      const accepted_at = cell.instant('accepted_at', recent.acceptanceDateTime[i]!)
      return decoded(
        filings,
        i + 1,
        {
          symbol,
          filed_on: cell.date('filed_on', recent.filingDate[i]),
          accession,
          cik: cik.padStart(10, '0'),
          form: recent.form[i]!,
          items: recent.items[i]!,
          accepted_at,
          report_on: recent.reportDate[i] ? cell.date('report_on', recent.reportDate[i]) : null,
          document: recent.primaryDocument[i] || null,
        },
        accepted_at,
      )
    })
  },
})
