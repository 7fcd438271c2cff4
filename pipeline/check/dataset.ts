/** A dataset: the rows that one source delivers to one table for every session. */
import type { Lag } from '../../schemas/table.ts'

export interface Dataset {
  readonly source: string
  readonly table: string
  /** When the rows of a session are published. */
  readonly lag: Lag
}

export const nameOf = ({ source, table }: Pick<Dataset, 'source' | 'table'>): string => `${source} ${table}`
