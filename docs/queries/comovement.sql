-- How much the sectors and the mega caps move together, in the last year.
select basket, session, average_correlation_20, average_correlation_60, beta_dominance_60, dispersion
from basket_comovement
order by session desc, basket
limit 504
