/** Payloads that were cut off or damaged on their way: none lands as if it were whole. */
import { describe, expect, it } from 'vitest'
import { articlePage, fedListing } from '../../samples/answers/speeches.ts'
import { blsCalendar } from '../../sources/bls_calendar.ts'
import { cboeMarketVolume } from '../../sources/cboe_market_volume.ts'
import { cboeOptions } from '../../sources/cboe_options.ts'
import { cboePutCall } from '../../sources/cboe_put_call.ts'
import { cboeVolatility } from '../../sources/cboe_volatility.ts'
import { fedSpeeches } from '../../sources/fed_speeches.ts'
import { fomcCalendar } from '../../sources/fomc_calendar.ts'
import { forexfactoryConsensus } from '../../sources/forexfactory_consensus.ts'
import { tiingoBars } from '../../sources/tiingo_bars.ts'
import { yahooBars } from '../../sources/yahoo_bars.ts'
import { decode, valuesOf } from '../support/sources.ts'

const decision =
  'The Committee decided to lower the target range for the federal funds rate by 1/4 percentage point to 3-3/4 to 4 percent.'
const statement = articlePage('October 29, 2025', '', ['Growth is moderate.', decision])
const article = articlePage(
  'November 20, 2025',
  '<h3 class="title">On risk</h3><p class="speaker">Governor A. B.</p>',
  ['One.', 'Two.'],
)

describe('a page', () => {
  const pages = [
    ['a speech', fedSpeeches, article, 'cook20251120a'],
    ['a statement', fomcCalendar, statement, 'monetary20251029a'],
  ] as const

  it.each(pages)('that is cut off anywhere is refused: %s', async (_, source, page, key) => {
    expect(await decode(source, page, { key })).not.toEqual([])
    for (let end = 1; end < page.length; end += 7) {
      const cut = async () => decode(source, page.slice(0, end), { key })
      await expect(cut, `cut after ${end} characters`).rejects.toThrow(/^fed_speeches|^fomc_calendar/)
    }
  })

  it.each(pages)(
    'that something follows is refused, a comment of the server is not: %s',
    async (_, source, page, key) => {
      await expect(decode(source, page + page, { key })).rejects.toThrow('a page with more after </html>')
      expect(await decode(source, `${page}\r\n<!-- served by a -->\n`, { key })).toEqual(
        await decode(source, page, { key }),
      )
    },
  )

  it.each(pages)('with a control character is refused: %s', async (_, source, page, key) => {
    const damaged = page.replace('</p>', '\u0001</p>')
    await expect(decode(source, damaged, { key })).rejects.toThrow(/the control character "\\u0001" at \d+ of the text/)
  })

  it('of a statement that names the rate without a decision is refused', async () => {
    const page = statement.replace('decided to lower', 'decided')
    await expect(decode(fomcCalendar, page, { key: 'monetary20251029a' })).rejects.toThrow(
      'a statement that names the federal funds rate without a decision on its target range',
    )
  })
})

describe('a calendar', () => {
  const event = ['SEQUENCE:1', 'UID:a', 'DTSTART;TZID=US-Eastern:20251120T083000', 'SUMMARY:Employment Situation']
  const calendar = (...lines: string[]) =>
    ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n')
  const without = (name: string) => calendar(...event.filter((line) => !line.startsWith(name)))

  it('gives no title or identifier to an event that has none, so that landing sets it aside', async () => {
    expect(valuesOf(await decode(blsCalendar, without('SUMMARY')), 'release_calendar')).toMatchObject([{ title: null }])
    expect(valuesOf(await decode(blsCalendar, without('UID')), 'release_calendar')).toMatchObject([
      { announcement_id: null },
    ])
    await expect(decode(blsCalendar, without('DTSTART'))).rejects.toThrow('event 1 has no start')
  })

  it.each([
    ['with a damaged name', calendar(...event, 'STATUR:CANCELLED'), 'event 1 has the unknown property STATUR'],
    ['with a torn name', calendar(...event, 'STAT', 'US:CANCELLED'), 'calendar cannot be read'],
    ['of two events in one', calendar(...event, ...event), 'event 1 has UID twice'],
    ['with a torn line end', calendar(...event).replace('Situation\r', 'Situation-'), 'end in different ways'],
    ['with a lone carriage return', calendar(...event).replace('Employment', 'E\rployment'), 'end in different ways'],
  ])('is refused: %s', async (_, text, reason) => {
    await expect(decode(blsCalendar, text)).rejects.toThrow(reason)
  })

  it('may have properties of later standards and of its own', async () => {
    expect(await decode(blsCalendar, calendar(...event, 'COLOR:red', 'X-OWN:1'))).toHaveLength(1)
  })
})

describe('the list of speeches', () => {
  const list = JSON.parse(fedListing(new Date('2025-11-21T15:00:00Z')).replace('\uFEFF', '')) as Record<
    string,
    string
  >[]
  const listing = (items: readonly unknown[]) => decode(fedSpeeches, JSON.stringify(items), { key: 'listing' })
  const without = (item: Record<string, string>, name: string) =>
    Object.fromEntries(Object.entries(item).filter(([key]) => key !== name))

  it.each(['d', 't', 's', 'l'])('is refused if an entry has no key %s', async (name) => {
    await expect(listing([list[0], without(list[1]!, name)])).rejects.toThrow(`1.${name}: Invalid input`)
  })

  it('may lack the occasion of a speech, but not of all', async () => {
    expect(valuesOf(await listing([list[0], without(list[1]!, 'lo')]), 'speeches')[1]).toMatchObject({ location: null })
    await expect(listing(list.map((item) => without(item, 'lo')))).rejects.toThrow('no speech has the key lo')
  })

  it('may end with the day on which it was written', async () => {
    expect(await listing([...list, { updateDate: '11/21/2025' }])).toEqual(await listing(list))
  })
})

describe('a CSV', () => {
  it('that ends inside of a line is refused, wherever the cut is', async () => {
    const whole = 'DATE,SKEW\n11/18/2025,143.100000\n11/19/2025,150.250000\n'
    expect(await decode(cboeVolatility, whole, { key: 'SKEW' })).toHaveLength(2)
    for (let end = 'DATE,SKEW\n'.length + 1; end < whole.length; end++) {
      if (whole[end - 1] === '\n') continue
      const cut = async () => decode(cboeVolatility, whole.slice(0, end), { key: 'SKEW' })
      await expect(cut, `cut after ${end} characters`).rejects.toThrow(/may be cut off|cannot be read/)
    }
  })

  it('of put/call ratios that is about another product than asked for is refused', async () => {
    const text = ', PRODUCT:INDEX,,EXCHANGE: Cboe,\nDATE,CALL,PUT,TOTAL,P/C Ratio\n10/1/2019,100,70,170,0.70\n'
    expect(await decode(cboePutCall, text, { key: 'index' })).toHaveLength(1)
    await expect(decode(cboePutCall, text, { key: 'equity' })).rejects.toThrow(
      'asked for equity, the answer is about index',
    )
  })
})

describe('an answer that contradicts itself', () => {
  const bars = (...more: string[]) =>
    `[{"date":"2025-11-20T00:00:00.000Z","open":1,"high":3,"low":1,"close":2,"volume":5,"divCash":0,"splitFactor":1${more.map((each) => `,${each}`).join('')}}]`

  it.each([
    ['with two values', '"close":2.5', '"close" stands twice in one object, with two values'],
    ['written with an escape', '"cl\\u006fse":2.5', '"close" stands twice in one object, with two values'],
    ['of an inner object', '"meta":{"a":{"b":[1]},"a":{"b":[2]}}', '"a" stands twice in one object'],
  ])('names a member twice: %s', async (_, more, reason) => {
    await expect(decode(tiingoBars, bars(more), { key: 'NVDA' })).rejects.toThrow(reason)
  })

  it('may name a member twice with one value, and in two objects with two', async () => {
    const more = ['"close": 2', '"a":[{"close":7},{"close":8}]', '"text":"\\",\\"close\\":9"', '"deep":[[]]']
    expect(await decode(tiingoBars, bars(...more), { key: 'NVDA' })).toEqual(
      await decode(tiingoBars, bars(), { key: 'NVDA' }),
    )
  })

  it.each(['2025-11-20garbage', '2025-11-201', '2025-11-20T23:00:00-05:00', '2025-11-20T16:00:00Z'])(
    'gives a time where a day is due: %s',
    async (day) => {
      const text = bars().replace('2025-11-20T00:00:00.000Z', day)
      await expect(decode(tiingoBars, text, { key: 'NVDA' })).rejects.toThrow('expected a date as yyyy-MM-dd')
    },
  )

  const quote = { open: [1], high: [3], low: [1], close: [2], volume: [5] }
  const chart = { meta: { symbol: '^GSPC' }, timestamp: [1763649000], indicators: { quote: [quote] } }
  const yahoo = (...result: unknown[]) =>
    decode(yahooBars, JSON.stringify({ chart: { error: null, result } }), { key: 'GSPC' })

  it('holds two charts, or two quotes, where one is read', async () => {
    expect(await yahoo(chart)).toHaveLength(1)
    await expect(yahoo(chart, chart)).rejects.toThrow('chart.result: Too big')
    await expect(yahoo({ ...chart, indicators: { quote: [quote, quote] } })).rejects.toThrow('Too big')
  })
})

describe('a chain of options', () => {
  const option = { bid: 1, ask: 2, iv: 0.2, open_interest: 5, volume: 1 }
  const chain = (roots: readonly string[], names: { symbol?: string; inner?: string } = {}) =>
    JSON.stringify({
      ...(names.symbol ? { symbol: names.symbol } : {}),
      data: {
        ...(names.inner ? { symbol: names.inner } : {}),
        current_price: 6538,
        last_trade_time: '2025-11-20T16:15:00',
        options: roots.map((root) => ({ ...option, option: `${root}251219C05850000` })),
      },
    })
  const asked = (text: string) => decode(cboeOptions, text, { key: 'SPX' })

  it('is about the symbol asked for, also under its weekly and adjusted roots', async () => {
    expect(await asked(chain(['SPX', 'SPXW', 'SPX7'], { symbol: '_SPX', inner: '^SPX' }))).toHaveLength(3)
  })

  it.each([
    ['a root that begins with the symbol', chain(['SPXL']), 'SPXL'],
    ['the name of the answer', chain(['SPXW'], { symbol: '_NDX' }), 'NDX'],
    ['the name of its data', chain(['SPXW'], { symbol: '_SPX', inner: '^XSP' }), 'XSP'],
  ])('about another symbol is refused by %s', async (_, text, found) => {
    await expect(asked(text)).rejects.toThrow(`asked for SPX, the answer is about ${found}`)
  })
})

it('a figure with a decimal comma is refused, not read without it', async () => {
  const event = (forecast: string) =>
    JSON.stringify([
      {
        title: 'Non-Farm Employment Change',
        country: 'USD',
        date: '2025-11-20T08:30:00-05:00',
        impact: 'High',
        forecast,
        previous: '22K',
      },
    ])
  expect(valuesOf(await decode(forexfactoryConsensus, event('1,050K')), 'consensus')).toMatchObject([
    { consensus: 1050 },
  ])
  for (const wrong of ['0,3M', '50,K', '1,2,3K', '12,34K'])
    await expect(decode(forexfactoryConsensus, event(wrong))).rejects.toThrow(
      `expected a figure such as 50K, got "${wrong}"`,
    )
})

it('a blank volume is not zero', async () => {
  const names = ['Shares', 'Notional', 'Trade Count'].flatMap((measure) =>
    ['Tape A', 'Tape B', 'Tape C', 'Total'].map((tape) => `${tape} ${measure}`),
  )
  const row = '2025-11-19,NYSE,,20,30,50,0,20,30,50,1,2,3,6'
  const text = `${['Day', 'Market Participant', ...names].join()}\n${row}\n`
  await expect(decode(cboeMarketVolume, text, { key: '2025' })).rejects.toThrow(
    /market_volume.tape a shares row 1 \(NYSE, 2025-11-19\): expected double, got ""/,
  )
})
