/** The universe: defaults, presets, and errors that name the key and the nearest valid name. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../core/errors.ts'
import { parseUniverse, presetNames, presetUniverse } from '../../core/universe.ts'

const parsed = (value: unknown) => parseUniverse(JSON.stringify(value), 'universe.json')

describe('a key that is left out', () => {
  it('has the value of the default preset', () => {
    expect(parsed({})).toEqual(presetUniverse('default'))
    expect(parsed({ stocks: ['NVDA'] })).toEqual({ ...presetUniverse('default'), stocks: ['NVDA'] })
  })

  it('has the value of the preset that the file names', () => {
    expect(parsed({ preset: 'minimal', contact: 'Jane jane@example.com' })).toEqual({
      ...presetUniverse('minimal'),
      contact: 'Jane jane@example.com',
    })
  })
})

describe('a preset', () => {
  it.each(presetNames)('%s is a valid universe', (name) => {
    expect(parsed(presetUniverse(name))).toEqual(presetUniverse(name))
  })

  it('default is the universe.json of the project', () => {
    const text = readFileSync(new URL('../../universe.json', import.meta.url), 'utf8')
    expect(parseUniverse(text, 'universe.json')).toEqual(presetUniverse('default'))
  })

  it('sp500 follows about 500 stocks, each once', () => {
    const { stocks } = presetUniverse('sp500')
    expect(stocks.length).toBeGreaterThan(498)
    expect(new Set(stocks).size).toBe(stocks.length)
  })
})

describe('an error', () => {
  it.each([
    [{ stocks: ['nvda'] }, 'stocks: "nvda" is not a symbol; did you mean NVDA?'],
    [{ etfs: ['SPY '] }, 'etfs: "SPY " is not a symbol; did you mean SPY?'],
    [{ funds: ['?'] }, 'funds: "?" is not a symbol: write it in capitals, such as NVDA'],
    [{ stocks: ['SPX500 '] }, 'stocks: "SPX500 " is an index; write GSPC under indices'],
    [{ stocks: ['NVDA', 'AAPL', 'NVDA'] }, 'stocks: NVDA is there twice'],
    [{ etfs: ['SPY', 'NVDA'], stocks: ['NVDA'] }, 'NVDA is in etfs and in stocks'],
    [{ releases: ['nonfarm_payroll'] }, 'releases: no release "nonfarm_payroll"; did you mean nonfarm_payrolls?'],
    [{ releases: ['consumer_prices', 'consumer_prices'] }, 'releases: consumer_prices is there twice'],
    [{ indices: ['SPX500 '] }, 'indices: no index "SPX500 "; did you mean GSPC?'],
    [{ indices: ['GSPX'] }, 'indices: no index "GSPX"; did you mean GSPC?'],
    [{ volatilityIndices: ['vix'] }, 'volatilityIndices: no index "vix"; did you mean VIX?'],
    [{ optionChains: ['SPX '] }, 'optionChains: no index "SPX "; did you mean SPX?'],
    [{ contact: 'Jane Doe' }, 'contact: "Jane Doe" holds no e-mail address; write a name and an address, or ""'],
    [{ filers: [{ symbol: 'NVDA', cik: '1045810' }] }, 'filers.0.cik: expected ten digits'],
    [{ stoks: [] }, 'no key stoks; did you mean stocks?'],
    [{ bogus: 1 }, 'no key bogus; there are etfs, stocks, '],
    [[], 'the file must hold one JSON object, which begins with {'],
    [null, 'the file must hold one JSON object, which begins with {'],
    [{ preset: 'sp 500' }, 'preset: no preset sp 500; did you mean sp500?'],
  ])('of %j names the key and what to write', (value, message) => {
    expect(() => parsed(value)).toThrow(UsageError)
    expect(() => parsed(value)).toThrow(`universe.json: ${message}`)
  })
})
