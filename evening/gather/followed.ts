/** What followed a session, for the index and the fund. Exhibit and claim have one text, so that it is asked once. */
import { benchmark } from '../../schemas/baskets.ts'
import { forwardHorizons } from '../../schemas/thresholds.ts'
import { join, literals, raw, sql } from '../../schemas/view.ts'
import { labelForwardDrawdown } from '../../schemas/views/labels/label_forward_drawdown.ts'
import { date } from '../fragments.ts'

const returns = forwardHorizons.map((horizon) => raw(`forward_return_${horizon}`))

export const followed = (session: string) => sql`
  select symbol, ${join(returns, ', ')}, forward_minimum_return_20, is_drawdown_5
  from ${labelForwardDrawdown}
  where session = ${date(session)} and symbol in (${literals(Object.values(benchmark))})
  order by symbol`
