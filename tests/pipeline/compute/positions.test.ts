/** Rows of series by day, whatever order they come in. */
import { describe, expect, it } from 'vitest'
import { gather, groupedBySeries, match, scatter } from '../../../pipeline/compute/positions.ts'

const numbers = (...values: number[]) => Float64Array.from(values)
const rows = (...values: number[]) => Int32Array.from(values)
const none = Number.NaN

describe('rows of series', () => {
  it('follow each other by day', () => {
    // Two years, each in the order of series and day, as they are stored.
    const { order, starts } = groupedBySeries(numbers(0, 0, 1, 0, 1, 1), numbers(1, 2, 2, 5, 4, 5), 2)
    expect([...order]).toEqual([0, 1, 3, 2, 4, 5])
    expect([...starts]).toEqual([0, 3, 6])
  })

  it('follow each other by day if they do not come so', () => {
    const { order, starts } = groupedBySeries(numbers(0, 2, 0, 0), numbers(9, 1, 3, 5), 3)
    expect([...order]).toEqual([2, 3, 0, 1])
    expect([...starts]).toEqual([0, 3, 3, 4])
  })

  it('of no series are none', () => {
    const { order, starts } = groupedBySeries(numbers(), numbers(), 0)
    expect([...order, ...starts]).toEqual([0])
  })
})

it('values are put from rows into a column, and back', () => {
  const column = gather(new Float64Array(4).fill(none), 2, numbers(10, 20, 30), rows(2, 0))
  expect([...column]).toEqual([none, none, 30, 10])
  const values = new Float64Array(3)
  scatter(values, column, 2, rows(2, 0))
  expect([...values]).toEqual([10, 0, 30])
})

describe('values of another relation', () => {
  const own = { rows: rows(0, 1, 2), days: numbers(1, 3, 5) }
  const matched = (days: Float64Array, order: Int32Array, values: Float64Array) => [
    ...match(new Float64Array(4).fill(none), 1, own, { rows: order, days }, values),
  ]

  it('are those of the same day', () => {
    expect(matched(numbers(5, 1), rows(1, 0), numbers(50, 10))).toEqual([none, 10, none, 50])
  })

  it('of other days are left out', () => {
    expect(matched(numbers(0, 2, 3, 9), rows(0, 1, 2, 3), numbers(1, 2, 3, 4))).toEqual([none, none, 3, none])
    expect(matched(numbers(), rows(), numbers())).toEqual([none, none, none, none])
  })
})
