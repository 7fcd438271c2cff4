-- How often the index and the fund reversed, by threshold, and over which span of real opens.
select
  threshold,
  symbol,
  count(*) as reversal_count,
  min(opens_valid_from) as opens_valid_from,
  max(opens_last_invalid_on) as opens_last_invalid_on,
  max(session) as latest
from gap_and_reverse
where symbol in ('GSPC', 'SPY')
group by threshold, symbol
order by threshold, symbol
