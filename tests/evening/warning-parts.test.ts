/** Without early warning an evening tells which part of it the lake lacks, and since when. */
import { describe, expect, it } from 'vitest'
import { sessionsBetween } from '../../calendar/sessions.ts'
import { gatherAll } from '../../evening/gather.ts'
import { saying } from '../../evening/language/language.ts'
import { warningSentences } from '../../evening/language/warning-text.ts'
import { land } from '../support/import.ts'
import { openTestLake } from '../support/lake.ts'

describe('an evening without early warning', () => {
  it('names the parts that are missing and the last session of each', async () => {
    const { lake } = await openTestLake({ at: '2025-11-20T23:00:00Z' })
    const days = sessionsBetween('2024-09-03', '2025-11-20').map(({ session }) => session)
    const closes = (own: readonly string[]) => own.map((session, i) => ({ session, close: 15 + ((i * 5) % 13) / 4 }))
    await land(lake, 'volatility_indices', closes(days), { symbol: 'VIX', source: 'desk' })
    await land(lake, 'volatility_indices', closes(days.slice(0, -2)), { symbol: 'VIX3M', source: 'desk' })
    const parts = ['warning', 'warningParts', 'volatility'] as const
    const evenings = await gatherAll(lake, [days[4]!, '2025-11-20'], { parts: [...parts] })
    const [young, own] = evenings.map((evening) => warningSentences(evening, saying('en')))
    expect(young).toEqual([
      'Early warning is unknown: VIX has fewer than 252 values so far; the term structure (VIX/VIX3M) has fewer than 252 values so far; credit stress (HYG and TLT over 63 sessions) has no value in this lake so far',
    ])
    expect(own).toEqual([
      'Early warning is unknown: the term structure (VIX/VIX3M) has no value for this session (last value: 2025-11-18); credit stress (HYG and TLT over 63 sessions) has no value in this lake so far',
    ])
    await lake.close()
  })
})
