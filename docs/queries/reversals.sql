-- Gaps above 1 % that closed below the previous close, with how rare each was.
select symbol, session, gap_return, close_return, ordinal, rarity
from gap_and_reverse
where threshold = 1e-2
order by session desc, symbol
limit 200
