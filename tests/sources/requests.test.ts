/** How the sources say who asks: some sites refuse programs, some refuse programs that pose as a browser. */
import { describe, expect, it } from 'vitest'
import { sourceNamed, sources } from '../../sources/index.ts'
import { sampleUniverse } from '../support/lake.ts'

const universe = {
  ...sampleUniverse,
  putCallRatios: true,
  symbolVolumes: true,
  creditSeries: ['BAA10Y'],
  tiingo: ['SPY'],
  contact: 'A <a@example.com>',
}

/** User agents of all requests for an evening. Without one the program says only that it is Node. */
const agentsOf = (name: string): (string | undefined)[] => {
  const source = sourceNamed(name)
  const requests = source.request({ from: '2025-11-20', to: '2025-11-20' }, { universe, hasSecret: true })
  return [...new Set(requests.map(({ headers }) => ({ ...source.headers, ...headers })['user-agent']))]
}

const identified = ['bls_calendar', 'sec_facts', 'sec_filings']
const plain = [
  'alpaca_bars',
  'fred_credit',
  'fred_macro',
  'fred_release_dates',
  'massive_grouped_bars',
  'tiingo_bars',
  'treasury_auctions',
]

describe('the user agent', () => {
  it.each(identified)('%s names the program and a contact', (name) => {
    expect(agentsOf(name)).toEqual(['Precursor/0.1 (A <a@example.com>)'])
  })

  it.each(plain)('%s is that of a program: an API wants nothing else, and FRED slows browsers down', (name) => {
    expect(agentsOf(name)).toEqual([undefined])
  })

  it('of a browser is sent only to sites that refuse programs', () => {
    const others = sources.map(({ name }) => name).filter((name) => ![...identified, ...plain].includes(name))
    for (const name of others) expect(agentsOf(name)).toEqual([expect.stringMatching(/^Mozilla\/5\.0 /)])
  })
})
