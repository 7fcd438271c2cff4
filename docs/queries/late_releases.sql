-- Releases that came a week late or more.
select release, reference_period, first_scheduled_at, released_at, delay_days
from macro_timetable
where status = 'released' and delay_days >= 7
order by released_at desc, release
limit 200
