/**
 * The index page of one filing on EDGAR, `/Archives/edgar/data/CIK/ACCESSION-index.html`. Its time of acceptance is New York
 * time, always, as is the header field ACCEPTANCE-DATETIME.
 */
import { parse } from 'node-html-parser'
import type { Universe } from '../../core/universe.ts'
import { filings } from '../../schemas/tables/filings.ts'
import { decoded, type Payload, type Request } from '../source.ts'
import { contactHeaders } from './contact.ts'
import { symbolOfFiler } from './edgar.ts'
import { cellReader, changed, htmlOf } from './wire.ts'

const indexKey = /^(\d{10})-(\d{10}-\d{2}-\d{6})$/

export const isFilingIndex = ({ key }: Pick<Payload, 'key'>): boolean => indexKey.test(key)

export const indexRequest = (universe: Universe, cik: string, accession: string): Request => ({
  key: `${cik}-${accession}`,
  url: `https://www.sec.gov/Archives/edgar/data/${Number(cik)}/${accession}-index.html`,
  headers: contactHeaders(universe),
})

/** One row: the filing with the time that its page gives. */
export const fromFilingIndex = (payload: Payload, universe: Universe) => {
  const [, cik, accession] = indexKey.exec(payload.key)!
  const page = parse(htmlOf(payload))
  const heads = page.querySelectorAll('.infoHead')
  const below = (name: string) =>
    heads.find((each) => each.text.trim() === name)?.nextElementSibling?.structuredText.trim()
  const [form, filed, accepted] = [
    /^Form (\S.*)$/.exec(page.querySelector('#formName strong')?.text.trim() ?? '')?.[1],
    below('Filing Date'),
    below('Accepted'),
  ]
  if (!form || !filed || !accepted)
    throw changed(payload, 'no form, filing date or time of acceptance on the page of a filing')
  const symbol = symbolOfFiler(universe, cik!) ?? null
  const cell = cellReader(payload, filings, 1, `${symbol}, ${accession}`)
  const accepted_at = cell.newYorkTime('accepted_at', accepted, 'yyyy-MM-dd HH:mm:ss')
  const period = below('Period of Report')
  const items = [...(below('Items') ?? '').matchAll(/Item (\d+\.\d+)/g)].map(([, item]) => item)
  return [
    decoded(
      filings,
      1,
      {
        symbol,
        filed_on: cell.date('filed_on', filed),
        accession: accession!,
        cik: cik!,
        form,
        items: items.join(','),
        accepted_at,
        acceptance_clock: 'filing_header',
        report_on: period ? cell.date('report_on', period) : null,
        document: null,
      },
      accepted_at,
    ),
  ]
}
