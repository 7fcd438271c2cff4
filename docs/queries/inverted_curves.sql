-- Sessions on which VIX closed above VIX3M.
select session, vix_close, vix3m_close, vix_term_structure, vvix_close
from volatility_regime
where vix_term_structure > 1
order by session desc
limit 200
