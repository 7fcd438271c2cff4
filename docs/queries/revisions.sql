-- Figures that were revised, by how much and when that became known.
select series, reference_period, vintage, figure, revision, unit, known_at
from macro_vintages
where vintage > 1 and revision <> 0
order by known_at desc, series, reference_period, source
limit 200
