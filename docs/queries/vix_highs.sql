-- Sessions on which VIX closed at its highest in more than 100 sessions.
select session, vix_close, vix_change_fraction, sessions_since_higher_close, higher_close_on, vix_term_structure
from volatility_regime
where sessions_since_higher_close > 100
order by session desc
limit 200
