-- How the last runs ended, step by step.
select run_id, step, status, row_count, rejected_count, ended_at, first_error
from meta_runs
order by ended_at desc, run_id, step
limit 60
