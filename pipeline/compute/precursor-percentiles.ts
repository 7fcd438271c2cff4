/** Percentiles of every precursor of the score, against its history. */
import { fewestObservations, precursors } from '../../schemas/precursors.ts'
import { precursorPercentiles } from '../../schemas/tables/precursor_percentiles.ts'
import { crashPrecursors } from '../../schemas/views/composite/crash_precursors.ts'
import type { Computation } from './computation.ts'
import { derivedKnowledge } from './derived-rows.ts'
import { placesOf } from './percentiles.ts'

const declared = precursors.map(({ column, group, direction }, i) => `(${i}, '${column}', '${group}', ${direction})`)

export const precursorPercentilesComputation: Computation = {
  into: precursorPercentiles,
  reads: [crashPrecursors],
  daysBack: Number.POSITIVE_INFINITY,
  definition: `percentiles ${declared.join()} ${fewestObservations} mid-rank v3`,
  means: 'code',
  produce: async ({ engine }, { from, to }) => {
    const columns = precursors.map(({ column }) => column)
    await engine.run(
      `create or replace table precursor_days as
       select session, year(session) as year, row_number() over (order by session) - 1 as day, ${columns.join(', ')}
       from crash_precursors order by session`,
    )
    const values = await engine.doubles(['year', ...columns], 'precursor_days order by day')
    const wanted = [...values.year.keys()].filter((day) => values.year[day]! >= from && values.year[day]! <= to)
    const rows: number[][] = []
    for (const [i, { column, direction }] of precursors.entries()) {
      const { count, percentile, rarity } = placesOf(values[column], direction, fewestObservations)
      const varies = variesFrom(values[column])
      for (const day of wanted) {
        const value = values[column][day]!
        if (!Number.isNaN(value)) {
          // A value that was never different says nothing about the evening.
          const place = day >= varies ? percentile[day]! : Number.NaN
          rows.push([day, i, value, count[day]!, place, rarity[day]!])
        }
      }
    }
    const named = ['day', 'precursor_id', 'value', 'observation_count', 'percentile', 'rarity']
    await engine.loadDoubles(
      'precursor_places',
      Object.fromEntries(named.map((name, at) => [name, Float64Array.from(rows, (row) => row[at]!)])),
    )
    await engine.run(
      `create or replace table computed as
       select d.session, p.precursor, p.precursor_group, p.direction, v.value, v.observation_count, v.percentile, v.rarity,
              ${derivedKnowledge('d.session', 'c.as_of')}
       from precursor_places v
       join (values ${declared.join(', ')}) as p (precursor_id, precursor, precursor_group, direction) using (precursor_id)
       join precursor_days d using (day)
       join main.calendar c on c.session = d.session`,
    )
    await engine.run('drop table precursor_days')
    await engine.run('drop table precursor_places')
    return 'computed'
  },
}

/** Position of the first known value that differs from an earlier one; infinite if there is none. */
const variesFrom = (values: Float64Array): number => {
  const first = values.find((value) => !Number.isNaN(value))
  const at = values.findIndex((value) => !Number.isNaN(value) && value !== first)
  return at < 0 ? Number.POSITIVE_INFINITY : at
}
