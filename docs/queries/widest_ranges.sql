-- The widest sessions of the fund, and where each closed in its range.
select session, range_fraction, gap_return, close_return, close_location
from intraday_reversal
where symbol = 'SPY' and range_fraction is not null
order by range_fraction desc, session
limit 50
