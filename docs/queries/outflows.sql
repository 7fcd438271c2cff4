-- The largest redemptions of a fund in one session, as a share of its assets.
select symbol, session, net_flow, net_flow_fraction, net_flow_5
from fund_flows
where net_flow < 0 and not is_split
order by net_flow_fraction, symbol, session
limit 100
