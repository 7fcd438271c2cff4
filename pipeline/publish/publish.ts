/** Publish: the data dictionary, one Parquet object per mart, and a DuckDB file with all views for any client. */

import type { Outcome } from '../../core/outcome.ts'
import { outcomeOf } from '../../core/outcome.ts'
import { placesFor } from '../../core/places.ts'
import { views } from '../../schemas/views/index.ts'
import { reading } from '../lake/current.ts'
import type { Lake } from '../lake/lake.ts'
import { writeDictionary } from '../silver/dictionary-table.ts'
import { type MartInputs, martInputs, publishMart } from '../silver/mart.ts'
import { databaseName, publishDatabase } from './database.ts'

const marts = views.filter((view) => view.mart)

/** A mart takes the engine about one core. */
const besideEachOther = 2

/** Where a distributed engine answers the queries, the embedded one reads nothing and is not refreshed. */
export const publish = async (lake: Lake): Promise<Outcome[]> => {
  const inputs = await martInputs(lake.platform)
  return lake.platform.distributed ? publishAll(lake, inputs) : reading(publishAll)(lake, inputs)
}

/** The dictionary comes first, because the file of the views reads its object. */
const publishAll = async (lake: Lake, inputs: MartInputs): Promise<Outcome[]> => {
  const dictionary = await outcomeOf('dictionary', () => writeDictionary(lake))
  const place = placesFor(besideEachOther)
  const published = (subject: string, work: () => Promise<number>) =>
    place({ isAlone: false, rank: 0 }, () => {
      lake.platform.progress.step(`publishing ${subject}`)
      return outcomeOf(subject, work)
    })
  const outcomes = marts.map((view) => published(view.name, () => publishMart(lake, view, inputs)))
  if (lake.platform.name === 'local') outcomes.push(published(databaseName, () => publishDatabase(lake)))
  return [dictionary, ...(await Promise.all(outcomes))]
}
