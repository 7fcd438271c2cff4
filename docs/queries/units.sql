-- What the columns of the precursors mean, with their units.
select name, type, unit, doc
from meta_columns
where relation = 'crash_precursors'
order by position
