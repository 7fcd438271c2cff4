/** Before a deploy: a column that is renamed, retyped or dropped is told, with the views that read it. */
import { describe, expect, it } from 'vitest'
import { checkContract } from '../../infra/contract.ts'
import { bigint, type Columns, string } from '../../schemas/column.ts'
import { dailyBars } from '../../schemas/tables/daily_bars.ts'
import { tables } from '../../schemas/tables/index.ts'
import type { Relation } from '../../schemas/view.ts'
import { gapAndReverse } from '../../schemas/views/bars/gap_and_reverse.ts'
import { views } from '../../schemas/views/index.ts'

const everything: readonly Relation[] = [...tables, ...views]
/** All declarations, with the columns of one relation changed. */
const changed = (relation: Relation, change: (columns: Columns) => Columns) =>
  everything.map((each) => (each === relation ? ({ ...each, columns: change(each.columns) } as Relation) : each))
const without = (columns: Columns, name: string) =>
  Object.fromEntries(Object.entries(columns).filter(([each]) => each !== name))

describe('the contract', () => {
  it('holds now', async () => {
    await expect(checkContract()).resolves.toBeUndefined()
  })

  it('a new column is no break', async () => {
    const more = changed(dailyBars, (columns) => ({ ...columns, venue: string.nullable('Where it traded most.') }))
    await expect(checkContract(more)).resolves.toBeUndefined()
  })

  it('a renamed column is told, with the view that reads it and cannot be made', async () => {
    const { close, ...others } = dailyBars.columns
    const renamed = changed(dailyBars, () => ({ ...others, closing_price: close }))
    await expect(checkContract(renamed)).rejects.toThrow(
      /daily_bars\.close of type double is gone; read by .*daily_bars_as_known/,
    )
    await expect(checkContract(renamed)).rejects.toThrow(/^daily_bars_as_known: .*close/m)
  })

  it('a retyped column is told, although views bind', async () => {
    const retyped = changed(dailyBars, (columns) => ({ ...columns, close: bigint('Closing price.', { unit: 'USD' }) }))
    await expect(checkContract(retyped)).rejects.toThrow(
      /daily_bars\.close was double and is bigint now; read by .*daily_bars_as_known/,
    )
  })

  it('a dropped column of a view is told, though only analysts may read it', async () => {
    const dropped = changed(gapAndReverse, (columns) => without(columns, 'rarity'))
    await expect(checkContract(dropped)).rejects.toThrow(
      'gap_and_reverse.rarity of type double is gone; read by no view',
    )
  })
})
