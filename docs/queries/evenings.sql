-- The last sixty sessions: every precursor as its evening knew it.
select * from crash_precursors
order by session desc
limit 60
