-- What hit each session: when it was due, what was expected, what came.
select session, kind, title, scheduled_at, occurred_at, delay_days, actual, consensus, surprise
from catalysts_by_session
order by session desc, kind, title
limit 500
