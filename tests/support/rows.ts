/** Comparing rows of two files: numbers to a relative tolerance, everything else exactly. */

import type { Lake } from '../../pipeline/lake/lake.ts'
import type { Relation } from '../../schemas/view.ts'

/** Window sums associate by position, so that the last digits move when rows are added. */
const whenRowsAreAdded = 1e-10

/** A row by its grain: which file has it, and which columns differ if both have it. */
export type Difference = Readonly<Record<string, unknown>> & {
  readonly is_found: boolean
  readonly is_expected: boolean
  readonly columns: readonly string[]
}

interface Comparison {
  /** Relative; by default what window sums need. */
  readonly tolerance?: number
  /** SQL condition on the rows of both files; by default all are compared. */
  readonly only?: string
}

/** The first rows that only one file has, or that differ, by their grain; empty when the files hold the same rows. */
export const differences = async (
  { engine }: Lake,
  { grain, columns }: Relation,
  found: string,
  expected: string,
  { tolerance = whenRowsAreAdded, only = 'true' }: Comparison = {},
): Promise<Difference[]> => {
  const names = Object.keys(columns)
  const differ = Object.entries(columns).map(([name, { type }]) =>
    type === 'double'
      ? `((f.${name} is null) <> (e.${name} is null) or abs(f.${name} - e.${name}) > ${tolerance} * greatest(abs(f.${name}), abs(e.${name}), 1e-6))`
      : `f.${name} is distinct from e.${name}`,
  )
  const key = grain.map((name) => `f.${name} is not distinct from e.${name}`).join(' and ')
  const rows = (file: string) => `(select *, true as is_there from read_parquet('${file}') where ${only})`
  const named = names.map((name, i) => `case when ${differ[i]} then '${name}' end`).join(', ')
  return engine.rows<Difference>(
    `select ${grain.map((name) => `coalesce(f.${name}, e.${name}) as ${name}`).join(', ')},
            coalesce(f.is_there, false) as is_found, coalesce(e.is_there, false) as is_expected,
            case when f.is_there and e.is_there then list_filter([${named}], name -> name is not null) else [] end as columns
     from ${rows(found)} f full join ${rows(expected)} e on ${key}
     where f.is_there is null or e.is_there is null or ${differ.join(' or ')} limit 5`,
  )
}
