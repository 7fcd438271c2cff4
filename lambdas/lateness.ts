/** Lateness: counts how many sessions each dataset is behind. */
import { MetricUnit } from '@aws-lambda-powertools/metrics'
import type { Dataset } from '../pipeline/check/dataset.ts'
import { lateness } from '../pipeline/check/lateness.ts'
import { lastSessions } from '../schemas/views/meta/last_sessions.ts'
import { watchedRelations } from '../schemas/watched.ts'
import { metrics, onLake, setting } from './function.ts'

const datasets = JSON.parse(setting('PRECURSOR_DATASETS')) as Dataset[]

export const handler = onLake([...watchedRelations, lastSessions], async (lake) => {
  const found = await lateness(lake, datasets, setting('PRECURSOR_EVENING_RUN'))
  for (const { dataset, sessionsBehind } of found)
    metrics
      .singleMetric()
      .addDimension('dataset', dataset)
      .addMetric('SessionsBehind', MetricUnit.Count, sessionsBehind)
  metrics.addMetric('DatasetCount', MetricUnit.Count, found.length)
  return found
})
