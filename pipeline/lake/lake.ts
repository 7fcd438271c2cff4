/** An open lake: a platform, an engine and a universe. Every step of the pipeline takes one. */
import type { Engine } from '../../core/engine.ts'
import type { Platform } from '../../core/platform.ts'
import type { Universe } from '../../core/universe.ts'
import type { Relation } from '../../schemas/view.ts'

export interface Lake {
  readonly platform: Platform
  readonly engine: Engine
  /** The engine for statements that name other relations of the same names. The engine above would define those of the lake. */
  readonly undefining: Engine
  readonly universe: Universe
  /** Keys of objects that were written and are gone, if the lake was looked through for them: their rows are in no answer. */
  readonly missing?: readonly string[]
  /** Points its tables and views at the objects that are there now. */
  refresh(): Promise<void>
  /**
   * Computes the stale materialized views that the relations read, and the views that declare `isHeld`, each once, and keeps
   * their rows until a refresh finds other objects. For work that asks many questions.
   */
  hold(relations: readonly Relation[]): Promise<void>
  /** As `hold`, and also keeps the rows of these relations themselves. For small relations that many questions are about. */
  keep(relations: readonly Relation[]): Promise<void>
  close(): Promise<void>
}
