-- How far each source reaches, and what was refused.
select source, table_name, last_session, sessions_behind, last_fetched_at, refused_count, rejected_count
from meta_freshness
order by sessions_behind desc, source, table_name
