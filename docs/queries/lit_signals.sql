-- What was lit, session by session, and why.
select session, title, value, threshold, because
from precursor_signals
where is_lit
order by session desc, title
limit 500
