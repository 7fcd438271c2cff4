import { boolean, date, double, string } from '../../column.ts'
import { fundShares } from '../../tables/fund_shares.ts'
import { sessions } from '../../tables/sessions.ts'
import { defineView, raw, sql } from '../../view.ts'
import { firstKnown, oneSource } from '../shared/as-known.ts'
import { isContradicted, isMoveBy, knownSplits } from '../shared/share-basis.ts'

/** The flows of five sessions, added up in one order, whichever rows are read beside them. NULL if one is missing. */
const flowsOfFive = raw(`(net_flow + ${[1, 2, 3, 4].map((back) => `lag(net_flow, ${back}) over w`).join(' + ')})`)

export const fundFlows = defineView({
  name: 'fund_flows',
  doc: 'One row per fund and session: creations minus redemptions, from shares outstanding and net asset value.',
  grain: ['symbol', 'session'],
  columns: {
    symbol: string('Ticker of the fund.'),
    session: date('XNYS session of the figures, as given by the fund.'),
    known_session: date('First session on whose evening the row is known. The figures come on the next morning.'),
    nav: double('Net asset value of one share.', { unit: 'USD' }),
    shares_outstanding: double('Shares outstanding.', { unit: 'shares' }),
    net_flow: double.nullable(
      '(shares - shares of the previous session, on the same split basis) x NAV. NULL after a gap or an unexplained split.',
      {
        unit: 'USD',
      },
    ),
    net_flow_fraction: double.nullable('net_flow / net assets of the previous session.', { unit: 'fraction' }),
    net_flow_5: double.nullable('Sum of net_flow over five sessions. NULL if one is missing.', { unit: 'USD' }),
    net_flow_fraction_5: double.nullable('net_flow_5 / net assets of the session before the five.', {
      unit: 'fraction',
    }),
    is_split: boolean('True if shares and NAV changed by inverse factors, which is a split and not a flow.'),
  },
  sql: sql`
    with first_known as (${firstKnown(fundShares, 1)}),
    chosen as (${oneSource('first_known')}),
    paired as (
      select
        chosen.*,
        case when lag(session_number) over w = session_number - 1 then lag(shares_outstanding) over w end as shares_before,
        case when lag(session_number) over w = session_number - 1 then lag(nav) over w end as nav_before
      from chosen
      window w as (partition by symbol order by session)
    ),
    splits as (${knownSplits}),
    told as (
      select
        paired.*, split_factor, earlier_factor, later_factor,
        ln(shares_outstanding / shares_before) as growth,
        -- Shares grow by the factor by which prices fall.
        coalesce(
          abs(ln(shares_outstanding / shares_before)) > 4e-1
            and abs(ln(shares_outstanding / shares_before) + ln(nav / nav_before)) < 25e-2 * abs(ln(shares_outstanding / shares_before)),
          false
        ) as is_jump
      from paired
      left join splits on splits.symbol = paired.symbol and splits.session = paired.session
    ),
    -- Shares decide where they contradict what was told: the figures of a fund may be of the session before or after.
    based as (
      select
        told.*,
        case
          when is_jump or ${isMoveBy('growth', 'split_factor')} then coalesce(split_factor, earlier_factor, later_factor)
          when split_factor is not null and not ${isContradicted('growth', 'split_factor')} then split_factor
          when ${isMoveBy('growth', 'earlier_factor')} then earlier_factor
          when ${isMoveBy('growth', 'later_factor')} then later_factor
        end as applied_factor
      from told
    ),
    flows as (
      select
        based.*,
        is_jump or applied_factor is not null as is_on_new_basis,
        case
          when is_jump and applied_factor is null then null
          else (shares_outstanding - shares_before * coalesce(applied_factor, 1e0)) * nav
        end as net_flow
      from based
    )
    select
      symbol,
      flows.session,
      next.session as known_session,
      nav,
      shares_outstanding,
      net_flow,
      net_flow / nullif(shares_before * nav_before, 0) as net_flow_fraction,
      ${flowsOfFive} as net_flow_5,
      ${flowsOfFive} / nullif(first_value(shares_before * nav_before) over w5, 0) as net_flow_fraction_5,
      is_on_new_basis as is_split
    from flows
    join ${sessions} next on next.session_number = flows.session_number + 1
    window
      w as (partition by symbol order by flows.session),
      w5 as (partition by symbol order by flows.session rows between 4 preceding and current row)
  `,
})
