/**
 * EDGE: efficient estimation of bid-ask spreads from open, high, low and close prices.
 * Ardia, Guidotti, Kroencke 2024, Journal of Financial Economics 161. Pure: columns of prices in, spreads out.
 */

/** Columns of bars, each with the previous bar on the same price basis. NaN in `open` excludes the pair. */
export interface BarPair {
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly previous_close: Float64Array
  readonly previous_high: Float64Array
  readonly previous_low: Float64Array
}

/** Returns of one pair, as the paper names them, and whether the price moved at all (tau). */
const terms = ['r1', 'r2', 'r3', 'r4', 'r5', 'tau', 'po', 'pc'] as const
type Terms = Record<(typeof terms)[number], Float64Array>

const termsOf = (bars: BarPair): Terms => {
  const length = bars.open.length
  const made = Object.fromEntries(terms.map((name) => [name, new Float64Array(length)])) as Terms
  for (let i = 0; i < length; i++) {
    const o = Math.log(bars.open[i]!)
    const h = Math.log(bars.high[i]!)
    const l = Math.log(bars.low[i]!)
    const c1 = Math.log(bars.previous_close[i]!)
    const h1 = Math.log(bars.previous_high[i]!)
    const l1 = Math.log(bars.previous_low[i]!)
    const m = (h + l) / 2
    const m1 = (h1 + l1) / 2
    const tau = h !== l || l !== c1 ? 1 : 0
    made.r1[i] = m - o
    made.r2[i] = o - m1
    made.r3[i] = m - c1
    made.r4[i] = c1 - m1
    made.r5[i] = o - c1
    made.tau[i] = tau
    made.po[i] = tau * ((o !== h ? 1 : 0) + (o !== l ? 1 : 0))
    made.pc[i] = tau * ((c1 !== h1 ? 1 : 0) + (c1 !== l1 ? 1 : 0))
  }
  return made
}

/** Spread over the `n` consecutive pairs that end at each row, as a fraction of the price. NaN if there are fewer. */
export const edgeOfWindows = (bars: BarPair, n: number): Float64Array => {
  const length = bars.open.length
  const made = termsOf(bars)
  const spreads = new Float64Array(length).fill(Number.NaN)
  let run = 0
  for (let i = 0; i < length; i++) {
    run = Number.isNaN(bars.open[i]) ? 0 : run + 1
    if (run >= n) spreads[i] = edgeOf(made, i - n + 1, i + 1)
  }
  return spreads
}

const edgeOf = ({ r1, r2, r3, r4, r5, tau, po, pc }: Terms, from: number, to: number): number => {
  let sumTau = 0
  let sumPo = 0
  let sumPc = 0
  let sum1 = 0
  let sum3 = 0
  let sum5 = 0
  for (let i = from; i < to; i++) {
    sumTau += tau[i]!
    sumPo += po[i]!
    sumPc += pc[i]!
    sum1 += r1[i]!
    sum3 += r3[i]!
    sum5 += r5[i]!
  }
  if (sumTau < 2 || sumPo === 0 || sumPc === 0) return Number.NaN
  const n = to - from
  const open = (-4 * n) / sumPo
  const close = (-4 * n) / sumPc
  const mean1 = sum1 / sumTau
  const mean3 = sum3 / sumTau
  const mean5 = sum5 / sumTau
  let e1 = 0
  let e2 = 0
  let v1 = 0
  let v2 = 0
  for (let i = from; i < to; i++) {
    const d1 = r1[i]! - mean1 * tau[i]!
    const d3 = r3[i]! - mean3 * tau[i]!
    const d5 = r5[i]! - mean5 * tau[i]!
    const x1 = open * d1 * r2[i]! + close * d3 * r4[i]!
    const x2 = open * d1 * r5[i]! + close * d5 * r4[i]!
    e1 += x1
    e2 += x2
    v1 += x1 * x1
    v2 += x2 * x2
  }
  e1 /= n
  e2 /= n
  v1 = v1 / n - e1 * e1
  v2 = v2 / n - e2 * e2
  const total = v1 + v2
  // Each of the two moment conditions is weighted by the variance of the other.
  const squared = total > 0 ? (v2 * e1 + v1 * e2) / total : (e1 + e2) / 2
  return Math.sqrt(Math.abs(squared))
}
