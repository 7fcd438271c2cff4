-- The contributors to the score of the latest session, precursor by precursor.
select session, precursor_group, component, value, percentile, contribution
from precursor_contributions
where level = 'precursor' and session in (select max(session) from precursor_contributions)
order by contribution desc, component
