-- Sessions on whose eve dealers were short gamma, if they are long calls and short puts, and how wide they went.
select session, net_gamma_known, etf_range_fraction, etf_close_return
from crash_precursors
where net_gamma_known < 0
order by session desc
limit 200
