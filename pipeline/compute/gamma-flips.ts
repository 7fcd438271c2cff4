/** The flip level of every option chain. */

import { quoted } from '../../core/engine.ts'
import { gammaFlips } from '../../schemas/tables/gamma_flips.ts'
import { optionGamma } from '../../schemas/views/volatility/option_gamma.ts'
import type { Computation } from './computation.ts'
import { derivedFrom } from './derived-rows.ts'
import { type ChainOptions, gammaFlip } from './gamma-flip.ts'

const columns = [
  'strike',
  'years_to_expiry',
  'implied_volatility',
  'rate',
  'dividend_yield',
  'signed_interest',
] as const satisfies readonly (keyof ChainOptions)[]

interface Chain {
  symbol: string
  session: string
  source: string
  price: number
  known_at: string
}

export const gammaFlipsComputation: Computation = {
  into: gammaFlips,
  reads: [optionGamma],
  daysBack: 0,
  definition: 'gamma flip v1',
  means: 'code',
  produce: async ({ engine }, { from, to }) => {
    await engine.run(
      `create or replace table chain_options as
       select *, case when option_type = 'call' then 1 else -1 end * open_interest as signed_interest
       from option_gamma where year(session) between ${from} and ${to}`,
    )
    const chains = await engine.rows<Chain>(
      `select symbol, session, source, max(underlying_price) as price, max(known_at) as known_at
       from chain_options group by all order by session, symbol, source`,
    )
    const rows: Record<string, unknown>[] = []
    for (const { symbol, session, source, price, known_at } of chains) {
      const options = await engine.doubles(
        columns,
        `chain_options where symbol = ${quoted(symbol)} and session = date ${quoted(session)} and source = ${quoted(source)}
         order by expires_on, strike, option_type, root`,
      )
      rows.push({
        symbol,
        session,
        chain: source,
        gamma_flip: gammaFlip(options, price),
        ...derivedFrom(session, known_at),
      })
    }
    await engine.load('computed', gammaFlips.columns, rows)
    return 'computed'
  },
}
