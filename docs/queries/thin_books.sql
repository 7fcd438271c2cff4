-- Sessions of the thinnest top of book against its mean, and what moving $100M would cost, illustratively.
select d.instrument, d.session, d.depth_usd, d.depth_mean_20, d.depth_ratio, d.is_depth_vacuum, p.impact_bps
from market_depth_state d
left join price_impact p
  on p.instrument = d.instrument and p.session = d.session and p.source = d.source and p.is_default
where d.depth_ratio is not null
order by d.depth_ratio, d.instrument, d.session
limit 50
