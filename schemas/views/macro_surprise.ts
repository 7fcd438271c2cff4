import { bigint, date, double, string, timestamp } from '../column.ts'
import { consensus } from '../tables/consensus.ts'
import { macroReleases } from '../tables/macro_releases.ts'
import { defineView, sql } from '../view.ts'
import { figure, releaseFacts } from './macro_figures.ts'

const ofRelease = { unit: 'of the release' }

export const macroSurprise = defineView({
  name: 'macro_surprise',
  doc: 'One row per release, reference period and consensus source: the first print against what was expected before it.',
  grain: ['release', 'reference_period', 'consensus_source'],
  columns: {
    release: string('Release, by its catalyst kind.'),
    series: string('Series of the headline figure.'),
    reference_period: date('First day of the period described.'),
    released_at: timestamp('When the first print became known.'),
    known_session: date('First session whose evening knew it.'),
    actual: double.nullable(
      'Headline figure in its first print, the period before as revised in that second.',
      ofRelease,
    ),
    unit: string('Unit of the figure.'),
    consensus_source: string.nullable('Who expected; NULL where no consensus was known before the release.'),
    consensus: double.nullable('Latest expectation known before the release.', ofRelease),
    surprise: double.nullable('actual - consensus.', ofRelease),
    standardized_surprise: double.nullable(
      'surprise divided by the standard deviation of the surprises before it, by the same source; NULL before 24.',
      { unit: 'standard deviations' },
    ),
    prior_surprise_count: bigint('Surprises before it, by the same source.', { unit: 'surprises' }),
    known_basis: string('How we know the instant of release.'),
    source: string('Source of the figure.'),
    bronze_key: string.nullable('Bronze object of the figure.'),
  },
  // What the oldest vintage held already may be a revision: only what appeared after it is a first print.
  sql: sql`
    with vintages as (
      select
        m.*,
        min(known_at) over (partition by series, source) as oldest_vintage,
        row_number() over (partition by series, reference_period, source order by known_at) as vintage
      from ${macroReleases} m
    ),
    first_prints as (
      select * from (
        select vintages.*, row_number() over (partition by series, reference_period order by known_at, source) as preference
        from vintages
        where vintage = 1 and known_at > oldest_vintage
      ) as ranked
      where preference = 1
    ),
    priors as (
      select f.series, f.reference_period, max_by(m.value, m.known_at) as prior_value
      from first_prints f
      join ${macroReleases} m
        on m.series = f.series
        and m.source = f.source
        and m.reference_period = cast(f.reference_period - interval '1' month as date)
        and m.known_at <= f.known_at
      group by f.series, f.reference_period
    ),
    prints as (
      select f.*, p.prior_value, releases.release, releases.unit, ${figure} as actual
      from first_prints f
      join ${releaseFacts} on releases.series = f.series
      left join priors p on p.series = f.series and p.reference_period = f.reference_period
    ),
    expected as (
      select
        p.release, p.reference_period, c.source as consensus_source, max_by(c.consensus, c.known_at) as consensus
      from prints p
      join ${consensus} c
        on c.release = p.release
        and cast(c.scheduled_at as date) = cast(p.known_at as date)
        and c.known_at < p.known_at
      group by p.release, p.reference_period, c.source
    ),
    surprises as (
      select prints.*, e.consensus_source, e.consensus, actual - e.consensus as surprise
      from prints
      left join expected e on e.release = prints.release and e.reference_period = prints.reference_period
    ),
    spread as (
      select
        surprises.*,
        count(surprise) over w as prior_surprise_count,
        stddev_samp(surprise) over w as prior_spread
      from surprises
      window w as (partition by release, consensus_source order by known_at, reference_period rows between unbounded preceding and 1 preceding)
    )
    select
      release, series, reference_period, known_at as released_at, known_session, actual, unit,
      consensus_source, consensus, surprise,
      case when prior_surprise_count >= 24 then surprise / nullif(prior_spread, 0) end as standardized_surprise,
      prior_surprise_count, known_basis, source, bronze_key
    from spread
  `,
})
