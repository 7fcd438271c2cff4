-- Returns after earlier reversals, against any session; looks forward.
select symbol, session, horizon, case_count, mean_return, mean_low_95, mean_high_95, unconditional_mean, forward_return
from label_analogs
where threshold = 1e-2
order by session desc, symbol, horizon
limit 200
