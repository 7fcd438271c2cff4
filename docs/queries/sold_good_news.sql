-- Results and what the share did: which were good and sold.
select symbol, session, revenue_surprise, eps_surprise, guidance_surprise, revenue_acceleration, gap_return, close_return, is_sell_the_news
from earnings_reactions
order by session desc, symbol
limit 200
