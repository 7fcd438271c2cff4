-- Sessions that several kinds of catalysts hit at once, and whether the market was known fragile.
select session, kind_count, kinds, depth_ratio_before, net_gamma_before, is_resonance, kinds_base_rate
from resonance
where kind_count >= 2
order by session desc
limit 200
