/** A dataset: what one source brings into one table at every session. */
import type { Lag } from '../../schemas/table.ts'

export interface Dataset {
  readonly source: string
  readonly table: string
  /** When a session's rows are public. */
  readonly lag: Lag
}

export const nameOf = ({ source, table }: Pick<Dataset, 'source' | 'table'>): string => `${source} ${table}`
