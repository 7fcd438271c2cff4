-- The lit signals of each session, since when, and why.
select session, title, value, threshold, lit_since, because
from precursor_signals
where is_lit
order by session desc, title
limit 500
