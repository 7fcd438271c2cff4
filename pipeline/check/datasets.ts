/** Every dataset that a source delivers at every session, from the declarations of the sources. */

import { watchedTables } from '../../schemas/watched.ts'
import { sources } from '../../sources/index.ts'
import type { Dataset } from './dataset.ts'

export const datasets: readonly Dataset[] = sources
  .filter(({ rhythm }) => rhythm === 'session')
  .flatMap(({ name, tables, lag }) =>
    tables
      .filter((table) => watchedTables.includes(table))
      .map((table) => ({ source: name, table: table.name, lag: lag ?? table.lag })),
  )
