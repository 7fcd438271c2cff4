-- The signals that are lit in the latest session, and since when.
select signal, title, lit_since, lit_session_count as session_count, value
from precursor_signals
where is_lit and session in (select max(session) from crash_precursors)
order by lit_since desc, signal
