-- First prints against what was expected before them.
select release, reference_period, released_at, actual, consensus, surprise, standardized_surprise, policy_sign
from macro_surprise
where surprise is not null
order by released_at desc, release, consensus_source
limit 200
