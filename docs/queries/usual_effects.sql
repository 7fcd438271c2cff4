-- What usually happens around a kind of catalyst; looks forward from each.
select kind, symbol, event_event_count, event_mean, event_positive_share, event_t_statistic, around_mean
from catalyst_effects
order by event_event_count desc, kind, symbol
