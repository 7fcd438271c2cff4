/** Auctions of Treasury notes and bonds: announcements and results, from Fiscal Data of the U.S. Treasury. */
import { DateTime } from 'luxon'
import * as z from 'zod'
import { newYorkInstant } from '../calendar/sessions.ts'
import { treasuryAuctions as auctions } from '../schemas/tables/treasury_auctions.ts'
import { cellReader, changed, jsonOf } from './shared/wire.ts'
import { decoded, defineSource } from './source.ts'

const text = z.string().nullable()
const shape = z.object({
  data: z.array(
    z.object({
      cusip: z.string(),
      security_type: z.string(),
      security_term: z.string(),
      auction_date: z.string(),
      announcemt_date: text,
      closing_time_comp: text,
      offering_amt: text,
      high_yield: text,
      bid_to_cover_ratio: text,
      // Answers recorded before these were asked for do not have them.
      inflation_index_security: text.optional(),
      floating_rate: text.optional(),
      high_discnt_margin: text.optional(),
      high_discnt_rate: text.optional(),
    }),
  ),
  meta: z.object({ 'total-count': z.number() }).optional(),
})
const fields = Object.keys(shape.shape.data.element.shape).join(',')
const pageSize = 10_000
const usualClose = '13:00'

/** The API writes an empty cell as the word `null`. */
const given = (cell: string | null | undefined) => (!cell || cell === 'null' ? null : cell)

type Auction = z.output<typeof shape>['data'][number]

/** Nominal 10- and 30-year securities are auctioned before the middle of a month, inflation-protected ones after it. */
const lastNominalDay = 16

/** What is sold: a real yield and a floating rate are not comparable with a nominal yield. */
const typeOf = (row: Auction): string => {
  const isResult = given(row.bid_to_cover_ratio) !== null
  const hasOtherFigure = given(row.high_yield) !== null || given(row.high_discnt_rate) !== null
  const isMargin = given(row.high_discnt_margin) !== null || (isResult && !hasOtherFigure)
  const isFloating = given(row.floating_rate) ? row.floating_rate === 'Yes' : isMargin
  if (isFloating) return `Floating-Rate ${row.security_type}`
  const isLate = /^(9|10|29|30)-Year/.test(row.security_term) && Number(row.auction_date.slice(8, 10)) > lastNominalDay
  const isProtected = given(row.inflation_index_security) ? row.inflation_index_security === 'Yes' : isLate
  return isProtected ? `Inflation-Protected ${row.security_type}` : row.security_type
}

const clockOf = (cell: string | null): string | undefined => {
  const at = DateTime.fromFormat(given(cell) ?? '', 'hh:mm a', { zone: 'utc', locale: 'en-US' })
  return at.isValid ? at.toFormat('HH:mm') : undefined
}

export const treasuryAuctions = defineSource({
  name: 'treasury_auctions',
  doc: 'Auctions of Treasury notes and bonds: date, amount offered and results.',
  homepage: 'https://fiscaldata.treasury.gov/datasets/treasury-securities-auctions-data/',
  licence: 'Public domain; cite Fiscal Data of the U.S. Treasury.',
  tables: [auctions],
  proof: { on: 'documented shape', since: '2026-11-24' },
  hosts: ['api.fiscaldata.treasury.gov'],
  rate: { requests: 2, seconds: 1 },
  extension: 'json',
  lookBack: 5,
  rhythm: 'event',
  request: ({ from }) => [
    {
      key: 'auctions',
      url: `https://api.fiscaldata.treasury.gov/services/api/fiscal_service/v1/accounting/od/auctions_query?fields=${fields}&filter=security_type:in:(Note,Bond),auction_date:gte:${from}&sort=auction_date&page[size]=${pageSize}`,
    },
  ],
  rows: (payload) => {
    const { data, meta } = jsonOf(payload, shape)
    if (meta && meta['total-count'] > data.length)
      throw changed(payload, `${data.length} of ${meta['total-count']} auctions`)
    return data.map((row, i) => {
      const cell = cellReader(payload, auctions, i + 1, `${row.cusip}, ${row.auction_date}`)
      const auctioned_on = cell.date('auctioned_on', row.auction_date)
      const announced = given(row.announcemt_date)
      return decoded(auctions, i + 1, {
        cusip: row.cusip,
        auctioned_on,
        security_type: typeOf(row),
        security_term: row.security_term,
        announced_on: announced ? cell.date('announced_on', announced) : null,
        closes_at: newYorkInstant(auctioned_on, clockOf(row.closing_time_comp) ?? usualClose).toISOString(),
        offering_amount: cell.double('offering_amount', given(row.offering_amt)),
        high_yield: cell.double('high_yield', given(row.high_yield)),
        bid_to_cover: cell.double('bid_to_cover', given(row.bid_to_cover_ratio)),
        high_discount_margin: cell.double('high_discount_margin', given(row.high_discnt_margin)),
        high_discount_rate: cell.double('high_discount_rate', given(row.high_discnt_rate)),
      })
    })
  },
})
