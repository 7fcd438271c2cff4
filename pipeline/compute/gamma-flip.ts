/** The price at which net dealer gamma changes sign. A pure function of the options of one chain. */

export interface ChainOptions {
  readonly strike: Float64Array
  readonly years_to_expiry: Float64Array
  readonly implied_volatility: Float64Array
  readonly rate: Float64Array
  readonly dividend_yield: Float64Array
  /** Open interest, positive for calls and negative for puts: dealers are assumed long calls and short puts. */
  readonly signed_interest: Float64Array
}

const reach = 0.1
const steps = 200

/** Net gamma at a price, up to a positive factor that does not change its root. */
const netGamma = (chain: ChainOptions, price: number): number => {
  let total = 0
  for (let i = 0; i < chain.strike.length; i++) {
    const volatility = chain.implied_volatility[i]!
    const years = chain.years_to_expiry[i]!
    const deviation = volatility * Math.sqrt(years)
    const carry = chain.rate[i]! - chain.dividend_yield[i]!
    const d1 = (Math.log(price / chain.strike[i]!) + (carry + (volatility * volatility) / 2) * years) / deviation
    total += (chain.signed_interest[i]! * Math.exp(-chain.dividend_yield[i]! * years - (d1 * d1) / 2)) / deviation
  }
  return total * price
}

/** The root nearest to the price and within 10 % of it, or null. Volatility is held fixed by strike. */
export const gammaFlip = (chain: ChainOptions, price: number): number | null => {
  const grid = Array.from({ length: steps + 1 }, (_, i) => price * (1 - reach + (2 * reach * i) / steps))
  const values = grid.map((at) => netGamma(chain, at))
  const roots = grid.flatMap((at, i) => {
    if (values[i] === 0) return [at]
    return i < steps && values[i]! * values[i + 1]! < 0 ? [bisect(chain, at, grid[i + 1]!, values[i]!)] : []
  })
  return roots.sort((a, b) => Math.abs(a - price) - Math.abs(b - price))[0] ?? null
}

const bisect = (chain: ChainOptions, low: number, high: number, atLow: number): number => {
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return middle
    if (netGamma(chain, middle) * atLow > 0) low = middle
    else high = middle
  }
}
