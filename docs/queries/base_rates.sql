-- How often a fall follows whatever happened: what any precursor must beat.
select symbol, horizon, depth, first_session, last_session, session_count, drawdown_count, base_rate, run_count
from label_base_rates
order by symbol, horizon, depth
