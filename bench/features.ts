/** The features that are compared with peers. Each has a file of the same name in `peers/`. */
import type { View } from '../schemas/view.ts'
import { intradayReversal } from '../schemas/views/bars/intraday_reversal.ts'
import { labelForwardDrawdown } from '../schemas/views/labels/label_forward_drawdown.ts'
import { spreadEstimates } from '../schemas/views/liquidity/spread_estimates.ts'
import { realizedVolatility } from '../schemas/views/volatility/realized_volatility.ts'

export interface Feature {
  readonly view: View
  /** Stored relations that the view reads and the peers compute themselves. They are part of the work. */
  readonly parts: readonly string[]
  readonly what: string
}

export const features: readonly Feature[] = [
  { view: realizedVolatility, parts: [], what: 'twelve columns of realized volatility' },
  { view: spreadEstimates, parts: ['effective_spreads'], what: 'five spreads, EDGE among them' },
  { view: intradayReversal, parts: [], what: 'twelve columns of gaps and reversals' },
  { view: labelForwardDrawdown, parts: [], what: 'ten forward labels' },
]
