-- ETF share of the dollars traded, against its own sixty sessions; comparable within one definition only.
select session, source, definition, etf_share, etf_share_mean_60, etf_share_z, is_etf_share_high
from etf_share_of_volume
order by session desc, source
limit 252
