/** All tables, then all views. */
import { tables } from './tables/index.ts'
import type { Relation } from './view.ts'
import { views } from './views/index.ts'

export const allRelations: readonly Relation[] = [...tables, ...views]
