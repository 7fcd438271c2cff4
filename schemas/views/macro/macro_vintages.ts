import { bigint, boolean, date, double, string, timestamp } from '../../column.ts'
import { macroReleases } from '../../tables/macro_releases.ts'
import { defineView, sql } from '../../view.ts'
import { figure, periodBefore, releaseFacts } from '../shared/macro-figures.ts'

const ofSeries = { unit: 'of the series' }
const ofRelease = { unit: 'of the release' }

export const macroVintages = defineView({
  name: 'macro_vintages',
  doc: 'One row per series, reference period, source and instant at which its figure changed: the first print and every revision, including revisions of the previous period.',
  grain: ['series', 'reference_period', 'source', 'known_at'],
  isHeld: true,
  columns: {
    series: string('Series identifier, such as PAYEMS.'),
    release: string('Name of the release, which is also its catalyst kind.'),
    reference_period: date('First day of the reference period.'),
    source: string('Source of the figure.'),
    known_at: timestamp('When this figure became known.'),
    known_session: date('First session on whose evening the row is known.'),
    known_basis: string('How we know `known_at`: `observed`, `published` or `assumed`.'),
    vintage: bigint('Number of the vintage. 1 is the first figure.'),
    is_first_print: boolean(
      'True if the row is the first print. Rows of the oldest vintage in the lake may be revisions, so they are not first prints. Policy decisions are never revised, so they always are.',
    ),
    value: double('Level in this vintage.', ofSeries),
    prior_value: double.nullable(
      'Level for the previous period as known at that instant. NULL if that period has no level.',
      ofSeries,
    ),
    figure: double.nullable(
      'Headline figure by the measure of the release: level, change or percent change.',
      ofRelease,
    ),
    revision: double.nullable('figure - figure of the first vintage.', ofRelease),
    unit: string('Unit of the figure.'),
    bronze_key: string.nullable('Bronze object of the level.'),
  },
  sql: sql`
    with levels as (
      select m.*, releases.release, measure, unit, frequency, ${periodBefore} as prior_period
      from ${macroReleases} m
      join ${releaseFacts} on releases.series = m.series
    ),
    oldest as (select series, source, min(known_at) as oldest_vintage from levels group by series, source),
    -- A figure changes if its own level or that of the previous period changes.
    moves as (
      select series, source, reference_period, known_at, known_session, known_basis from levels
      union
      select l.series, l.source, l.reference_period, p.known_at, p.known_session, p.known_basis
      from levels l
      join levels p on p.series = l.series and p.source = l.source and p.reference_period = l.prior_period and p.known_at > l.known_at
    ),
    standing as (
      select
        m.series, m.source, m.reference_period, m.known_at, m.known_session, m.known_basis,
        max_by(l.value, l.known_at) as value, max_by(l.bronze_key, l.known_at) as bronze_key,
        max(l.release) as release, max(l.measure) as measure, max(l.unit) as unit, max(l.frequency) as frequency, max(l.prior_period) as prior_period
      from moves m
      join levels l
        on l.series = m.series and l.source = m.source and l.reference_period = m.reference_period and l.known_at <= m.known_at
      group by m.series, m.source, m.reference_period, m.known_at, m.known_session, m.known_basis
    ),
    priors as (
      select s.series, s.source, s.reference_period, s.known_at, max_by(p.value, p.known_at) as prior_value
      from standing s
      join levels p
        on p.series = s.series and p.source = s.source and p.reference_period = s.prior_period and p.known_at <= s.known_at
      group by s.series, s.source, s.reference_period, s.known_at
    ),
    figures as (
      select s.*, p.prior_value, ${figure} as figure
      from standing s
      left join priors p
        on p.series = s.series and p.source = s.source and p.reference_period = s.reference_period and p.known_at = s.known_at
    ),
    changes as (
      select * from (
        select
          figures.*,
          row_number() over w as place,
          lag(figure) over w as last_figure,
          lag(value) over w as last_value
        from figures
        window w as (partition by series, source, reference_period order by known_at)
      ) as compared
      where place = 1 or figure is distinct from last_figure or value is distinct from last_value
    ),
    numbered as (
      select changes.*, row_number() over w as vintage, first_value(figure) over w as first_figure
      from changes
      window w as (partition by series, source, reference_period order by known_at)
    )
    select
      n.series, release, reference_period, n.source, known_at, known_session, known_basis, vintage,
      vintage = 1 and (known_at > oldest_vintage or frequency = 'meeting') as is_first_print,
      value, prior_value, figure, figure - first_figure as revision, unit, bronze_key
    from numbered n
    join oldest on oldest.series = n.series and oldest.source = n.source
  `,
})
