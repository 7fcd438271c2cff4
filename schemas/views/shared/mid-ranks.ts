/** Expanding mid-rank percentiles of several series at once. */
import { raw, type Sql, sql } from '../../view.ts'

/**
 * One row per part and session of a relation with the columns part, session and value: the share of the values of the part so far that
 * are lower, plus half of the share that are equal. NULL for fewer than `fewest` values.
 */
export const midRanks = (relation: string, fewest: number): Sql => sql`
  select
    t.part,
    t.session,
    max(t.value) as value,
    case
      when count(*) >= ${fewest}
      then cast(sum(case when p.value < t.value then 2 when p.value = t.value then 1 else 0 end) as double) / (2e0 * count(*))
    end as percentile
  from ${raw(relation)} t
  join ${raw(relation)} p on p.part = t.part and p.session <= t.session
  group by t.part, t.session`

/** The value and the percentile of one part, as columns of a query that groups by session. */
export const ofPart = (part: string): Sql =>
  raw(`
  max(case when part = '${part}' then value end) as ${part},
  max(case when part = '${part}' then percentile end) as ${part}_percentile`)
