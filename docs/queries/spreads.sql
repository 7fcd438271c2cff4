-- Spread estimates of the fund beside each other; for liquid symbols they follow volatility.
select session, amihud_illiquidity_21, corwin_schultz_21, abdi_ranaldo_21, roll_21, edge_21
from spread_estimates
where symbol = 'SPY'
order by session desc
limit 252
