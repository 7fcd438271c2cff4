-- How many signals were lit and how many were known, session by session.
select
  session,
  cast(sum(case when is_lit then 1 else 0 end) as bigint) as lit_count,
  count(is_lit) as known_count
from precursor_signals
group by session
order by session desc
limit 252
