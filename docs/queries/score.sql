-- The score of the last year, with VIX beside it.
select s.session, s.score, s.coverage, v.vix_close
from precursor_score s
left join volatility_regime v on v.session = s.session
order by s.session desc
limit 252
