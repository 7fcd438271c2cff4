-- The last sixty sessions: every precursor as known that evening.
select * from crash_precursors
order by session desc
limit 60
