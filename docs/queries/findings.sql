-- What the checks found wrong, what still is first.
select rule, subject, is_open, first_session, last_session, session_count, detail
from meta_checks
order by is_open desc, last_session desc, rule, subject
