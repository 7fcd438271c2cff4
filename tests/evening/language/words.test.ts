/** The dictionary of the pages: what holds for every text of it. */
import { expect, it } from 'vitest'
import { words } from '../../../evening/language/words.ts'
import { signals } from '../../../schemas/signals.ts'
import { narrowSign } from '../../support/chinese.ts'

const texts = [
  ...Object.entries(words),
  ...signals.flatMap(({ column, title, lit, notLit }) =>
    [title, lit, notLit].map((text, i) => [`${column} ${i}`, text] as const),
  ),
]

it('sets punctuation as wide as a character beside Chinese characters', () => {
  const narrow = texts.filter(([, [, chinese]]) => narrowSign.test(chinese))
  expect(narrow).toEqual([])
})
