-- Revenue growth over a year and whether it speeds up, quarter by quarter, as first filed.
select symbol, period_end, value, year_on_year, year_on_year_acceleration, known_session
from earnings_growth
where concept = 'revenue' and year_on_year is not null
order by period_end desc, symbol, source
limit 200
