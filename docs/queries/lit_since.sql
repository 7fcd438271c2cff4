-- What is lit in the latest session, and since when without a break; unknown breaks it.
with latest as (
  select max(session) as session from precursor_signals
),
last_dark as (
  select signal, max(case when is_lit then null else session end) as dark_on
  from precursor_signals
  group by signal
)
select
  s.signal,
  s.title,
  min(s.session) as lit_since,
  count(*) as session_count,
  max_by(s.value, s.session) as value
from precursor_signals s
cross join latest l
join last_dark d on d.signal = s.signal
where s.session > coalesce(d.dark_on, date '1900-01-01')
group by s.signal, s.title
order by lit_since desc, s.signal
