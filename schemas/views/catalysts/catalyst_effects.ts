import { bigint, double, string } from '../../column.ts'
import { defineView, join, raw, sql } from '../../view.ts'
import { fineSum } from '../shared/steady-sum.ts'
import { catalystWindows } from './catalyst_windows.ts'

const logReturn = { unit: 'log points' }

/** Windows around the event, both ends included. */
const windows = [
  { name: 'event', from: 0, to: 0, words: 'on the session that the event hit' },
  { name: 'around', from: -1, to: 1, words: 'from the session before the event to the session after it' },
  { name: 'since', from: 0, to: 5, words: 'from the session that the event hit to the fifth session after it' },
] as const
/** Number of events that the test needs. */
const fewestEvents = 10
/** Equal values have sums of squares that differ from zero by rounding. */
const rounding = 1e-12

const columnsOf = windows.flatMap(({ name, words }) => [
  [`${name}_event_count`, bigint(`Number of events with every abnormal return ${words}.`, { unit: 'events' })] as const,
  [`${name}_mean`, double.nullable(`Mean cumulative abnormal return ${words}.`, logReturn)] as const,
  [
    `${name}_positive_share`,
    double.nullable(`Share of the events with a positive cumulative abnormal return ${words}.`, { unit: 'fraction' }),
  ] as const,
  [
    `${name}_t_statistic`,
    double.nullable(
      `t statistic of that mean by the standardized cross-sectional test (Boehmer, Musumeci and Poulsen 1991, without the prediction-error term). NULL for fewer than ${fewestEvents} events.`,
      { unit: 'ratio' },
    ),
  ] as const,
])

export const catalystEffects = defineView({
  name: 'catalyst_effects',
  doc: 'One row per catalyst kind and symbol: the average abnormal return around catalysts of that kind. It looks forward from each event. Several catalysts of a kind on one session count once. Events of different symbols on one day are not independent.',
  grain: ['kind', 'symbol'],
  role: 'fact',
  columns: {
    kind: string('Catalyst kind.'),
    symbol: string('The company, or the index for market catalysts.'),
    ...(Object.fromEntries(columnsOf) as Record<string, (typeof columnsOf)[number][1]>),
  },
  sql: sql`
    with rows_of_events as (
      select distinct kind, symbol, event_session, event_time, abnormal_return, residual_deviation from ${catalystWindows}
    ),
    events as (
      select
        kind, symbol, event_session, max(residual_deviation) as deviation,
        ${join(
          windows.map(({ name, from, to }) =>
            raw(
              `case when count(case when event_time between ${from} and ${to} then 1 end) = ${to - from + 1} then ${fineSum(`case when event_time between ${from} and ${to} then abnormal_return end`, 24).text} end as ${name}_return`,
            ),
          ),
          ',\n',
        )}
      from rows_of_events
      group by kind, symbol, event_session
    ),
    standardized as (
      select
        events.*,
        ${join(
          windows.map(({ name, from, to }) =>
            raw(`${name}_return / nullif(deviation * sqrt(${(to - from + 1).toFixed(1)}), 0) as ${name}_standardized`),
          ),
          ',\n',
        )}
      from events
    ),
    -- Sums that do not depend on the order of the rows.
    summed as (
      select
        kind, symbol,
        ${join(
          windows.map(({ name }) =>
            raw(`count(${name}_return) as ${name}_event_count,
        sum(case when ${name}_return > 0 then 1 when ${name}_return is not null then 0 end) as ${name}_positives,
        count(${name}_standardized) as ${name}_measures,
        ${fineSum(`${name}_return`, 24).text} as ${name}_returns,
        ${fineSum(`${name}_standardized`, 18).text} as ${name}_sum,
        ${fineSum(`${name}_standardized * ${name}_standardized`, 18).text} as ${name}_squares`),
          ),
          ',\n        ',
        )}
      from standardized
      group by kind, symbol
    )
    select
      kind, symbol,
      ${join(
        windows.map(({ name }) => {
          const squares = `${name}_squares - ${name}_sum * ${name}_sum / ${name}_measures`
          const varies = `${squares} > ${rounding.toExponential()} * ${name}_squares`
          const deviation = `sqrt((${squares}) / (${name}_measures - 1))`
          const tStatistic = `${name}_sum / ${name}_measures / ${deviation} * sqrt(cast(${name}_event_count as double))`
          return raw(`${name}_event_count,
      ${name}_returns / nullif(${name}_event_count, 0) as ${name}_mean,
      cast(${name}_positives as double) / nullif(${name}_event_count, 0) as ${name}_positive_share,
      case when ${name}_event_count >= ${fewestEvents} and ${name}_measures > 1 and ${varies} then ${tStatistic} end as ${name}_t_statistic`)
        }),
        ',\n      ',
      )}
    from summed
  `,
})
