/** Frozen scores: a definition that changes needs a new name. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { frozenChanges, frozenNow, frozenScores } from '../../schemas/scores/index.ts'

const frozen = JSON.parse(readFileSync(new URL('../../schemas/scores/frozen.json', import.meta.url), 'utf8'))

describe('a frozen score', () => {
  it('is as it was frozen, and every score has been frozen', () => {
    expect(frozenChanges(frozen)).toEqual([])
    expect(Object.keys(frozen)).toEqual(frozenScores.map(({ definition }) => definition.name))
  })

  it.each(frozenScores.map((each) => [each.definition.name, each] as const))(
    '%s adds up',
    (name, { definition, view }) => {
      expect(view.name).toBe(name)
      expect(view.role).toBe('precursor')
      expect(Object.keys(view.columns)).toContain(name)
      expect(definition.components.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12)
      expect(definition.frozenOn >= definition.lookedAt.to).toBe(true)
    },
  )

  it('may not change a weight, a window or its query under its name', () => {
    const [first] = frozenScores
    const now = frozenNow(first!)
    const [component, ...others] = now.components
    for (const changed of [
      { ...now, components: [{ ...component, weight: 0.5 }, ...others] },
      { ...now, components: [{ ...component, window: 5 }, ...others] },
      { ...now, fewestValues: 126 },
      { ...now, query: now.query.replace('63', '21') },
    ])
      expect(frozenChanges({ [now.name]: changed })).toEqual([
        'early_warning differs from its frozen definition; give the new definition a new name',
      ])
    expect(frozenChanges({ gone: now })).toEqual(['the frozen score gone is gone'])
  })
})
