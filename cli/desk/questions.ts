/** The messages from the desk to its worker: settings once, then questions. */
import type { Universe } from '../../core/universe.ts'
import type { Limits } from './limits.ts'

export interface Settings {
  /** The lake: a folder, or the bucket of a deployment. */
  readonly lake: { readonly folder: string } | { readonly bucket: string }
  readonly universe: Universe
  readonly limits: Limits
  /** Folder for temporary files. */
  readonly scratch: string
}

export interface Question {
  readonly statement: string
  /** The relations that the statement may read. */
  readonly names: readonly string[]
  readonly asOf: Date | undefined
  /** Most rows of the answer. Undefined if the statement is only checked, because another engine answers it. */
  readonly rows: number | undefined
}
