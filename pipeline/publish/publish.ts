/** Publish: the data dictionary, one Parquet object per mart, and a DuckDB file with all views for any client. */

import type { Outcome } from '../../core/outcome.ts'
import { outcomeOf } from '../../core/outcome.ts'
import { views } from '../../schemas/views/index.ts'
import { reading } from '../lake/current.ts'
import type { Lake } from '../lake/lake.ts'
import { writeDictionary } from '../silver/dictionary-table.ts'
import { type MartInputs, martInputs, publishMart } from '../silver/mart.ts'
import { databaseName, publishDatabase } from './database.ts'

const marts = views.filter((view) => view.mart)

/** Where a distributed engine answers the queries, the embedded one reads nothing and is not refreshed. */
export const publish = async (lake: Lake): Promise<Outcome[]> => {
  const inputs = await martInputs(lake.platform)
  return lake.platform.distributed ? publishAll(lake, inputs) : reading(publishAll)(lake, inputs)
}

const publishAll = async (lake: Lake, inputs: MartInputs): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [await outcomeOf('dictionary', () => writeDictionary(lake))]
  for (const view of marts) {
    lake.platform.progress.step(`publishing ${view.name}`)
    outcomes.push(await outcomeOf(view.name, () => publishMart(lake, view, inputs)))
  }
  if (lake.platform.name === 'local') outcomes.push(await outcomeOf(databaseName, () => publishDatabase(lake)))
  return outcomes
}
