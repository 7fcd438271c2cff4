/** A lake is stale if an evening is over that it does not have. */
import { expect, it } from 'vitest'
import { messageOf } from '../../evening/message/message.ts'
import { stalenessOf } from '../../evening/staleness.ts'

it.each([
  ['on the evening itself', '2025-11-21T02:00:00Z', undefined],
  ['while the next session trades', '2025-11-21T18:00:00Z', undefined],
  ['over the weekend after a missed evening', '2025-11-23T18:00:00Z', { expected: '2025-11-21', sessionsBehind: 1 }],
  ['three months later', '2026-02-20T18:00:00Z', { expected: '2026-02-19', sessionsBehind: 60 }],
])('a lake that ends with 2025-11-20, %s', (_, now, expected) => {
  const found = stalenessOf('2025-11-20', new Date(now))
  expect(found).toEqual(expected && { latest: '2025-11-20', ...expected })
})

it('is said at the top of the message', () => {
  const evening = {
    session: '2025-11-20',
    next: '2025-11-21',
    notice: undefined,
    signals: [],
    observed: [],
    score: null,
    volatility: null,
    warning: null,
    warningParts: null,
    hits: [],
    due: [],
    overdue: [],
    uncovered: { kinds: [], releases: [], companies: [] },
  }
  const stale = stalenessOf('2025-11-20', new Date('2026-02-20T18:00:00Z'))
  expect(messageOf(evening, 'en', stale).text).toMatch(
    /^STALE: the lake ends with the session 2025-11-20\..*60 sessions later/,
  )
  expect(messageOf(evening, 'en').text).not.toContain('STALE')
})
