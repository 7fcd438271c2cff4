/** Expanding mid-rank percentiles of several series at once. */
import { raw, type Sql, sql } from '../../view.ts'
import { expandingRanks } from './expanding-ranks.ts'

/**
 * One row per part and session of a relation with the columns part, session and value: the share of the values of the part so far that
 * are lower, plus half of the share that are equal. NULL for fewer than `fewest` values.
 */
export const midRanks = (relation: string, fewest: number): Sql => sql`
  select
    part,
    session,
    value,
    case when value_count >= ${fewest} then cast(2 * lower_count + equal_count as double) / (2e0 * value_count) end as percentile
  from (${expandingRanks(relation, 'part')}
  ) as ranks`

/** The value and the percentile of one part, as columns of a query that groups by session. */
export const ofPart = (part: string): Sql =>
  raw(`
  max(case when part = '${part}' then value end) as ${part},
  max(case when part = '${part}' then percentile end) as ${part}_percentile`)
