/** Payloads that were cut off or damaged on their way: none lands as if it were whole. */
import { describe, expect, it } from 'vitest'
import { articlePage, fedListing } from '../../samples/answers/speeches.ts'
import { blsCalendar } from '../../sources/bls_calendar.ts'
import { cboePutCall } from '../../sources/cboe_put_call.ts'
import { cboeVolatility } from '../../sources/cboe_volatility.ts'
import { fedSpeeches } from '../../sources/fed_speeches.ts'
import { fomcCalendar } from '../../sources/fomc_calendar.ts'
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
