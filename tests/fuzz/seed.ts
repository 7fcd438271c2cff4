/** A right payload, from which mutations are made. `txt` has a vertical bar between its cells. */
export type Format = 'csv' | 'txt' | 'json' | 'ics' | 'html' | 'xlsx'

export interface Seed {
  /** The source, or for an import the table. */
  readonly origin: string
  readonly isImport: boolean
  readonly format: Format
  readonly key: string
  readonly fetchedAt: string
  readonly body: Uint8Array
}

export const nameOf = ({ origin, format, key }: Seed) => `${origin} ${key} (${format})`
