/** Fragments of the macro views: which series is which release, and how its headline figure follows from its level. */
import { releases } from '../releases.ts'
import { quoted, raw, type Sql } from '../view.ts'

/** A relation `releases(series, release, measure, unit)`. */
export const releaseFacts: Sql = raw(
  `(values ${Object.entries(releases)
    .map(([kind, each]) => `(${[each.series, kind, each.measure, each.unit].map(quoted).join(', ')})`)
    .join(', ')}) as releases(series, release, measure, unit)`,
)

/** The headline figure from `value`, `prior_value` and `measure`. */
export const figure: Sql = raw(
  `case measure
        when 'level' then value
        when 'change' then value - prior_value
        when 'percent_change' then 100e0 * (value / nullif(prior_value, 0) - 1)
      end`,
)
