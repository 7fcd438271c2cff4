-- Series with missing sessions: how many, and the latest.
select table_name, source, subject, count(*) as missing_count, max(session) as latest
from meta_gaps
group by table_name, source, subject
order by missing_count desc, table_name, source, subject
limit 100
