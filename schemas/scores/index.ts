/** The frozen scores. `frozen.json` holds each definition as it was frozen; a test compares. */
import { renderView, type View } from '../view.ts'
import { earlyWarning } from '../views/early_warning/early_warning.ts'
import { earlyWarningBreadth } from '../views/early_warning/early_warning_breadth.ts'
import { earlyWarningBreadthDefinition, earlyWarningDefinition } from './early-warning.ts'
import type { FrozenScore } from './frozen-score.ts'

/** A frozen score and the view that computes it. */
export interface Scored {
  readonly definition: FrozenScore
  readonly view: View
}

export const frozenScores: readonly Scored[] = [
  { definition: earlyWarningDefinition, view: earlyWarning },
  { definition: earlyWarningBreadthDefinition, view: earlyWarningBreadth },
]

/** A definition with the query that computes it, without its line breaks. */
export const frozenNow = ({ definition, view }: Scored) => ({
  ...definition,
  query: renderView(view).replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' '),
})

/** One message for each frozen score that has changed or disappeared since it was frozen. */
export const frozenChanges = (frozen: Readonly<Record<string, unknown>>): string[] => {
  const now = new Map(frozenScores.map((each) => [each.definition.name, JSON.stringify(frozenNow(each))]))
  return Object.entries(frozen).flatMap(([name, definition]) => {
    const found = now.get(name)
    if (found === JSON.stringify(definition)) return []
    return found
      ? [`${name} differs from its frozen definition; give the new definition a new name`]
      : [`the frozen score ${name} is gone`]
  })
}
