/** Claims about the prices of the day and how rare it was. */

import { sessionOffset } from '../../../calendar/sessions.ts'
import { benchmark } from '../../../schemas/baskets.ts'
import { literals, sql } from '../../../schemas/view.ts'
import { gapAndReverse } from '../../../schemas/views/bars/gap_and_reverse.ts'
import { intradayReversal } from '../../../schemas/views/bars/intraday_reversal.ts'
import { latestBars } from '../../../schemas/views/bars/latest_bars.ts'
import { volatilityRegime } from '../../../schemas/views/volatility/volatility_regime.ts'
import { date } from '../../fragments.ts'
import { decimal, hundredths, signedPercent } from '../../language/numbers.ts'
import { type Claim, isAbove, levelOf, number, truth, verdictOf, written } from './claim.ts'

const { index, etf } = benchmark
/** Reversals since 1957 in the published explanation. */
const claimedReversals = 8

export const priceClaims: readonly Claim[] = [
  {
    id: 'date',
    statement: 'claim_date',
    narrative: 'narrative_date',
    isLater: true,
    sql: (session) => sql`
      select symbol, session, close_return
      from ${intradayReversal}
      where symbol = ${literals([index])} and session between ${date(session)} and ${date(sessionOffset(session, 1)!.session)}
      order by session`,
    judge: (rows, say) => {
      const [own, next] = rows.map((row) => number(row, 'close_return'))
      const on = (i: number) => String(rows[i]?.session ?? say('unknown'))
      if (own === undefined || next === undefined) return { verdict: 'unknown', says: say('says_no_rows') }
      return {
        verdict: verdictOf(next < own),
        says: say('says_date', {
          own: on(0),
          fall: signedPercent(own),
          next: on(1),
          after: signedPercent(next),
        }),
      }
    },
  },
  {
    id: 'reversal',
    statement: 'claim_reversal',
    narrative: 'narrative_reversal',
    sql: (session) => sql`
      select symbol, gap_return, close_return, is_gap_and_reverse
      from ${intradayReversal}
      where session = ${date(session)} and symbol in (${literals([index, etf])})
      order by symbol`,
    judge: (rows, say) => {
      const row = rows.find(({ symbol }) => symbol === index)
      return {
        verdict: verdictOf(truth(row, 'is_gap_and_reverse')),
        says: say('says_reversal', {
          gap: written(number(row, 'gap_return'), signedPercent, say),
          close: written(number(row, 'close_return'), signedPercent, say),
        }),
      }
    },
  },
  {
    id: 'eight_since_1957',
    statement: 'claim_rare',
    narrative: 'narrative_rare',
    sql: (session) => sql`
      select
        symbol,
        count(*) as reversal_count,
        min(session) as first_reversal,
        min(opens_valid_from) as opens_valid_from,
        max(opens_last_invalid_on) as opens_last_invalid_on
      from ${gapAndReverse}
      where threshold = 1e-2 and symbol in (${literals([index, etf])}) and session <= ${date(session)}
      group by symbol
      order by symbol`,
    judge: (rows, say) => {
      const of = (wanted: string) => rows.find(({ symbol }) => symbol === wanted)
      const [own, fund] = [of(index), of(etf)]
      if (!own || !fund) return { verdict: 'unknown', says: say('says_rare_unknown') }
      const [count, other] = [number(own, 'reversal_count')!, number(fund, 'reversal_count')!]
      const isSpanned = String(own.opens_valid_from) < '1958'
      return {
        // A shorter span can have too many of them. It cannot show that there were few.
        verdict: Math.max(count, other) > claimedReversals ? 'contradicted' : isSpanned ? 'supported' : 'unknown',
        says: say(count === other ? 'says_rare_alike' : 'says_rare', {
          count,
          from: String(own.opens_valid_from),
          until:
            own.opens_last_invalid_on === null ? '' : say('says_rare_until', { on: String(own.opens_last_invalid_on) }),
          other,
          since: String(fund.opens_valid_from),
        }),
      }
    },
  },
  {
    id: 'last_two',
    statement: 'claim_last_two',
    narrative: 'narrative_last_two',
    sql: (session) => sql`
      select threshold, session
      from ${gapAndReverse}
      where symbol = ${literals([index])} and threshold in (1e-2, 1.4e-2) and session < ${date(session)}
      order by session desc, threshold`,
    judge: (rows, say) => {
      const at = (threshold: number) =>
        rows.flatMap((row) => (row.threshold === threshold ? [String(row.session)] : []))
      const [one, wide] = [at(0.01), at(0.014)]
      if (one.length < 2 || wide.length < 2) return { verdict: 'unknown', says: say('says_rare_unknown') }
      const between = one.filter((each) => each > wide[1]! && !wide.includes(each))
      return {
        verdict: verdictOf(between.length === 0),
        says: say('says_last_two', { wide: wide.slice(0, 2).join(', '), between: between.length, last: one[0]! }),
      }
    },
  },
  {
    id: 'vix_high',
    statement: 'claim_vix',
    blanks: (levels) => levelOf('sessions_since_higher_vix', levels),
    narrative: 'narrative_vix',
    sql: (session) => sql`
      select r.vix_close, r.sessions_since_higher_close, r.higher_close_on, r.sessions_since_higher_high, r.higher_high_on,
        e.earlier_close_count
      from ${volatilityRegime} r
      cross join (select count(*) as earlier_close_count from ${volatilityRegime} where session < ${date(session)}) e
      where r.session = ${date(session)}`,
    judge: ([row], say, levels) => {
      const close = number(row, 'vix_close')
      if (close === undefined) return { verdict: 'unknown', says: say('says_no_rows') }
      const since = number(row, 'sessions_since_higher_close')
      const count = number(row, 'earlier_close_count') ?? 0
      // A record among fewer closes than the level says nothing about the sessions before them.
      if (since === undefined && !isAbove('sessions_since_higher_vix', count, levels))
        return { verdict: 'unknown', says: say('says_vix_short', { close: close.toFixed(2), count }) }
      return {
        verdict: verdictOf(since === undefined || isAbove('sessions_since_higher_vix', since, levels)),
        says: say(since === undefined ? 'says_vix_record' : 'says_vix', {
          close: close.toFixed(2),
          on: String(row?.higher_close_on ?? say('unknown')),
          count: since ?? 0,
          high: String(row?.higher_high_on ?? say('unknown')),
          sessions: number(row, 'sessions_since_higher_high') ?? say('unknown'),
        }),
      }
    },
  },
  {
    id: 'closed_on_low',
    statement: 'claim_closed_on_low',
    sql: (session) => sql`
      select r.symbol, r.close_location, b.low, b.close
      from ${intradayReversal} r
      join ${latestBars} b on b.symbol = r.symbol and b.session = r.session
      where r.session = ${date(session)} and r.symbol = ${literals([index])}`,
    judge: ([row], say, levels) => {
      const location = number(row, 'close_location')
      return {
        verdict: verdictOf(location === undefined ? undefined : !isAbove('index_close_location', location, levels)),
        says: say('says_closed_on_low', {
          location: written(location, hundredths, say),
          low: written(number(row, 'low'), decimal, say),
          close: written(number(row, 'close'), decimal, say),
        }),
      }
    },
  },
]
