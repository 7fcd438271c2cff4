/** SQL fragments of the macro views: the release of each series, and how its figure is computed from its level. */
import { releaseEntries } from '../../releases.ts'
import { literals, quoted, raw, type Sql } from '../../view.ts'

/** Releases with a timetable: the headline releases, and the FOMC minutes, which have no figure. */
export const timetabledReleases: readonly string[] = [
  ...releaseEntries.filter(([, { publishedWith }]) => !publishedWith).map(([name]) => name),
  'fomc_minutes',
]
export const timetabled: Sql = literals(timetabledReleases)

/** A relation `releases(series, release, measure, unit, frequency, weight, policy_sign, is_headline)`. */
export const releaseFacts: Sql = raw(
  `(values ${releaseEntries
    .map(
      ([name, each]) =>
        `(${[each.series, name, each.measure, each.unit, each.frequency].map(quoted).join(', ')}, ${each.weight.toExponential()}, ${each.policySign}, ${!each.publishedWith})`,
    )
    .join(', ')}) as releases(series, release, measure, unit, frequency, weight, policy_sign, is_headline)`,
)

/** First day of the period before `reference_period`, by `frequency`; NULL for meetings. */
export const periodBefore: Sql = raw(
  `case frequency
        when 'weekly' then cast(reference_period - interval '7' day as date)
        when 'monthly' then cast(reference_period - interval '1' month as date)
        when 'quarterly' then cast(reference_period - interval '3' month as date)
      end`,
)

/** First day after the period, by `frequency`. */
export const periodAfter: Sql = raw(
  `case frequency
        when 'weekly' then cast(reference_period + interval '7' day as date)
        when 'monthly' then cast(reference_period + interval '1' month as date)
        when 'quarterly' then cast(reference_period + interval '3' month as date)
        else cast(reference_period + interval '1' day as date)
      end`,
)

/** SQL of the figure, from `value`, `prior_value` and `measure`. */
export const figure: Sql = raw(
  `case measure
        when 'level' then value
        when 'change' then value - prior_value
        when 'percent_change' then 100e0 * (value / nullif(prior_value, 0) - 1)
      end`,
)

/** A relation `headlines(release, headline)`: the release with which each statistic is published, usually its own. */
export const releaseHeadlines: Sql = raw(
  `(values ${releaseEntries
    .map(([name, { publishedWith }]) => `(${[name, publishedWith ?? name].map(quoted).join(', ')})`)
    .join(', ')}) as headlines(release, headline)`,
)
