/** The typed client of the package: `import { openLake } from 'precursor-lake'`. This file holds only types, and is packed as it is. */
import type { Rows } from './rows.ts'

export interface OpenOptions {
  /** Folder of the lake. Default: `PRECURSOR_LAKE`, then `lake`. */
  readonly lake?: string
  /** Most memory of the engine, such as `2GB`. Default: 512MB. */
  readonly memory?: string
}

export interface AskOptions {
  /** Answers as this instant knew it: a date with time and offset, or a session for its evening at 20:00 New York. */
  readonly asOf?: string | Date
}

export interface RowsOptions<Column extends string> extends AskOptions {
  /** Only these columns. Default: all. */
  readonly columns?: readonly Column[]
  /** First day, as yyyy-mm-dd. */
  readonly from?: string
  /** Last day, as yyyy-mm-dd. */
  readonly to?: string
}

/** The name of a table or view. */
export type Name = keyof Rows & string

/** Dates are `yyyy-mm-dd`, and instants are ISO text in UTC. */
export interface Lake {
  /** The rows of a table or view, in the order of its grain. */
  rows<N extends Name, Column extends keyof Rows[N] & string = keyof Rows[N] & string>(
    name: N,
    options?: RowsOptions<Column>,
  ): Promise<Pick<Rows[N], Column>[]>
  /** The rows of a SELECT, or of a saved query by its name. */
  query<Row = Record<string, unknown>>(sql: string, options?: AskOptions): Promise<Row[]>
  close(): Promise<void>
}

/** Opens a lake to read. It must be there. */
export type OpenLake = (options?: OpenOptions) => Promise<Lake>
