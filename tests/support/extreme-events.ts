/** Tables by event at the limits: statistics, results, filings, speeches and announcements. */
import { releaseEntries } from '../../schemas/releases.ts'
import type { Draw } from './draw.ts'
import { delisted, sessions, twinOfIndex } from './extreme-bars.ts'
import { anySign, counts, type Figures, lasting, mostCounted, plusDays, type Rows } from './extreme-figures.ts'

const months = Array.from({ length: 60 }, (_, i) => new Date(Date.UTC(2020, i, 1)).toISOString().slice(0, 10))
const quarterEnds = months.flatMap((month, i) => (i % 3 === 0 && i > 0 ? [plusDays(month, -1)] : []))
const recent = sessions.slice(-60)

const filing = (symbol: string, form: string, filed_on: string, accession: string, items: string) => ({
  symbol,
  filed_on,
  accession,
  cik: '0000000001',
  form,
  items,
  accepted_at: `${filed_on}T21:00:00Z`,
  document: '',
  known_at: `${filed_on}T21:00:00Z`,
})

export const extremeEvents = (draw: Draw): Readonly<Record<string, Rows>> => {
  const last = (from: Figures) => lasting(draw, from)
  return {
    macro_releases: releaseEntries.flatMap(([, { series, frequency }]) => {
      const [value, revised] = [last(anySign), last(anySign)]
      const days = frequency === 'quarterly' ? months.filter((_, i) => i % 3 === 0) : months
      return days.flatMap((reference_period) => [
        { series, reference_period, value: value(), known_at: `${plusDays(reference_period, 40)}T12:30:00Z` },
        { series, reference_period, value: revised(), known_at: `${plusDays(reference_period, 70)}T12:30:00Z` },
      ])
    }),
    consensus: releaseEntries.flatMap(([release]) => {
      const expected = last(anySign)
      return months.map((reference_period) => ({
        release,
        scheduled_at: `${plusDays(reference_period, 40)}T12:30:00Z`,
        consensus: expected(),
        reference_period,
        released_at: '',
        actual: 0,
        prior: 1e15,
        known_at: `${plusDays(reference_period, 38)}T12:00:00Z`,
      }))
    }),
    release_calendar: releaseEntries.flatMap(([release]) =>
      months.flatMap((reference_period, i) => [
        {
          announcement_id: `${release} ${reference_period}`,
          release,
          title: release,
          scheduled_at: `${plusDays(reference_period, 40)}T12:30:00Z`,
          status: draw.one(['tentative', 'confirmed', 'delayed', 'cancelled', 'merged']),
          revision_number: draw.one([0, mostCounted]),
          reference_period: i % 7 ? reference_period : '',
          merged_into: '',
          known_at: `${plusDays(reference_period, draw.one([-300, 20, 41]))}T12:00:00Z`,
        },
      ]),
    ),
    earnings: ['NVDA', 'TSLA', twinOfIndex].flatMap((symbol) =>
      ['revenue', 'net_income', 'eps_diluted', 'eps_nongaap', 'revenue_guidance'].flatMap((concept) => {
        const value = last(anySign)
        return quarterEnds.flatMap((period_end, i) => [
          {
            symbol,
            concept,
            period_end,
            period_start: plusDays(period_end, -91),
            value: value(),
            accession: `${symbol}-${i}`,
            known_at: `${plusDays(period_end, 40)}T21:00:00Z`,
          },
          ...(i % 4 === 3
            ? [
                {
                  symbol,
                  concept,
                  period_end,
                  period_start: plusDays(period_end, -365),
                  value: value(),
                  accession: `${symbol}-${i}`,
                  known_at: `${plusDays(period_end, 40)}T21:00:00Z`,
                },
              ]
            : []),
        ])
      }),
    ),
    earnings_estimates: ['NVDA', 'TSLA', twinOfIndex].flatMap((symbol) =>
      ['revenue', 'eps_diluted', 'eps_nongaap', 'revenue_guidance'].flatMap((concept) =>
        ['consensus', 'whisper'].flatMap((estimate) => {
          const value = last(anySign)
          return quarterEnds.map((period_end) => ({
            symbol,
            concept,
            period_end,
            estimate,
            value: value(),
            known_at: `${plusDays(period_end, 20)}T12:00:00Z`,
          }))
        }),
      ),
    ),
    earnings_calendar: quarterEnds.map((period_end, i) => ({
      symbol: 'NVDA',
      fiscal_quarter: draw.one([`q${i}`, 'Oct/2023', 'N/A']),
      expected_on: plusDays(period_end, 30),
      time_of_day: draw.one(['before_open', 'after_close', 'unknown']),
      estimate_count: draw.one(counts),
      known_at: `${plusDays(period_end, 3)}T12:00:00Z`,
    })),
    filings: [
      ...['NVDA', 'TSLA', twinOfIndex].flatMap((symbol) =>
        quarterEnds.flatMap((period_end, i) =>
          [
            { form: '8-K', items: '2.02', days: 28 },
            { form: i % 4 === 3 ? '10-K' : '10-Q', items: 'none', days: 40 },
          ].map(({ form, items, days }) => ({
            ...filing(symbol, form, plusDays(period_end, days), `${symbol}-${form}-${i}`, items),
            report_on: draw.one([period_end, period_end, period_end, '']),
          })),
        ),
      ),
      { ...filing(delisted.symbol, '25-NSE', delisted.filedOn, 'delisting', 'none'), report_on: '' },
    ],
    reported_events: recent.slice(-20).map((session, i) => ({
      event_id: `e${i}`,
      category: 'other',
      entity: 'nobody',
      title: 'Something happened',
      occurred_at: `${session}T15:00:00Z`,
      reference: 'none',
      known_at: `${session}T15:00:00Z`,
    })),
    speeches: recent.map((session, i) => ({
      speech_id: `s${i}`,
      part: 'article',
      held_at: `${session}T17:00:00Z`,
      speaker: `Speaker ${i % 3}`,
      role: draw.one(['Chair', 'Governor', 'Nobody']),
      title: 'Words',
      location: '',
      url: 'https://example.com',
      body: draw.one(['', '.', 'Private credit.', 'Private credit is a risk. '.repeat(400)]),
      footnotes: '',
      known_at: `${session}T17:00:00Z`,
    })),
    policy_statements: months.map((month) => ({
      meeting_on: plusDays(month, 14),
      released_at: `${plusDays(month, 14)}T18:00:00Z`,
      action: draw.one(['lower', 'raise', 'maintain']),
      target_lower: draw.one([0, -1, 4, 1e9]),
      target_upper: draw.one([0, -1, 4, 1e9]),
      decision: 'The Committee decided.',
      url: 'https://example.com',
      body: 'The Committee decided.',
    })),
    treasury_auctions: months.map((month, i) => ({
      cusip: `c${i}`,
      auctioned_on: plusDays(month, 9),
      security_type: 'Note',
      security_term: '10-Year',
      announced_on: plusDays(month, 2),
      closes_at: `${plusDays(month, 9)}T18:00:00Z`,
      offering_amount: draw.one(anySign),
      high_yield: draw.one(anySign),
      bid_to_cover: draw.one(anySign),
      high_discount_margin: draw.one(anySign),
      high_discount_rate: draw.one(anySign),
    })),
  }
}
