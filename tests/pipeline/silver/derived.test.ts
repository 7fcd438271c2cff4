/** What makes a stored view out of date besides its objects. */
import { expect, it } from 'vitest'
import { materializedView } from '../../../pipeline/silver/derived.ts'
import { date, double } from '../../../schemas/column.ts'
import { dailyBars } from '../../../schemas/tables/daily_bars.ts'
import { defineView, type Relation, raw, sql, type View } from '../../../schemas/view.ts'

const view = (name: string, reads: Relation, factor: string, isStored = false): View =>
  defineView({
    name,
    doc: 'For a test.',
    grain: ['session'],
    columns: { session: date('Session.'), value: double('A value.') },
    ...(isStored ? { materialized: { yearOf: 'session', daysBack: 0 } } : {}),
    sql: sql`select session, ${raw(factor)} * close as value from ${reads}`,
  })

it('the SQL of a view below it that runs with it', () => {
  const top = (factor: string) => view('top', view('middle', view('bottom', dailyBars, factor), '1'), '1', true)
  expect(materializedView(top('2')).definition).not.toBe(materializedView(top('3')).definition)
  expect(materializedView(top('2')).definition).toBe(materializedView(top('2')).definition)
})

it('not the SQL of a stored view below it, whose objects change with it', () => {
  const top = (factor: string) => view('top', view('bottom', dailyBars, factor, true), '1', true)
  expect(materializedView(top('2')).definition).toBe(materializedView(top('3')).definition)
})
