/** SEC XBRL company facts: revenue, net income and EPS by period, each with the filings that report it. */
import * as z from 'zod'
import { newYorkInstant } from '../calendar/sessions.ts'
import { earnings } from '../schemas/tables/earnings.ts'
import { edgar, perFiler } from './shared/edgar.ts'
import { cellReader, changed, jsonOf, refuseOther } from './shared/wire.ts'
import { decoded, defineSource } from './source.ts'

/** XBRL tags of each concept, the current one first. Companies change tags over the years. */
const tags = {
  revenue: [
    'Revenues',
    'RevenueFromContractWithCustomerExcludingAssessedTax',
    'RevenueFromContractWithCustomerIncludingAssessedTax',
    'SalesRevenueNet',
  ],
  net_income: ['NetIncomeLoss'],
  eps_diluted: ['EarningsPerShareDiluted'],
} as const

const fact = z.object({
  start: z.string().optional(),
  end: z.string(),
  val: z.number(),
  accn: z.string(),
  filed: z.string(),
})
const shape = z.object({
  cik: z.union([z.number(), z.string()]),
  facts: z.object({ 'us-gaap': z.record(z.string(), z.object({ units: z.record(z.string(), z.array(fact)) })) }),
})

/** XBRL gives only the date of a filing. We take 22:00 New York on that date, when EDGAR stops accepting filings. */
const publishedAt = (filed: string) => newYorkInstant(filed, '22:00').toISOString()

export const secFacts = defineSource({
  name: 'sec_facts',
  doc: 'Reported GAAP results by period, from XBRL. They give the growth of results and its acceleration.',
  ...edgar,
  tables: [earnings],
  proof: { on: 'recorded bytes', since: '2026-11-23' },
  request: (_, { universe }) => perFiler(universe, (cik) => `/api/xbrl/companyfacts/CIK${cik}.json`),
  rows: (payload, { universe }) => {
    const { cik, facts } = jsonOf(payload, shape)
    const padded = String(cik).padStart(10, '0')
    refuseOther(payload, padded, payload.key.padStart(10, '0'))
    const symbol = universe.filers.find((filer) => filer.cik === padded)?.symbol
    if (!symbol) throw changed(payload, `CIK ${padded} is not among the filers of the universe`)
    let row = 0
    // If several tags report one period, the first tag in the list is used.
    const seen = new Set<string>()
    return Object.entries(tags).flatMap(([concept, names]) =>
      names.flatMap((name) => {
        const reported = Object.values(facts['us-gaap'][name]?.units ?? {}).flat()
        const fresh = reported.filter(
          (each) => each.start && !seen.has(`${concept} ${each.start} ${each.end} ${each.filed}`),
        )
        for (const each of fresh) seen.add(`${concept} ${each.start} ${each.end} ${each.filed}`)
        return earliest(fresh).map((each) => {
          row += 1
          const cell = cellReader(payload, earnings, row, `${symbol}, ${name}, ${each.end}`)
          const values = {
            symbol,
            concept,
            period_end: cell.date('period_end', each.end),
            period_start: cell.date('period_start', each.start),
            value: each.val,
            accession: each.accn,
          }
          return decoded(earnings, row, values, publishedAt(cell.date('known_at', each.filed)))
        })
      }),
    )
  },
})

/** Each value of a period once, from the first filing that reports it. Later filings repeat it as a comparison. */
const earliest = (facts: readonly z.output<typeof fact>[]) => {
  const byFiling = [...facts].sort((a, b) => a.filed.localeCompare(b.filed) || a.accn.localeCompare(b.accn))
  const last = new Map<string, number>()
  return byFiling.filter((each) => {
    const period = `${each.start} ${each.end}`
    if (last.get(period) === each.val) return false
    last.set(period, each.val)
    return true
  })
}
