-- Releases overdue on the evening of the latest session that knows of any.
select session, release, reference_period, status, first_scheduled_at, overdue_days, weight
from overdue_releases
where session in (select max(session) from overdue_releases)
order by overdue_days desc, release
