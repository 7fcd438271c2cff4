/** Record: logs the steps of an execution and counts what they came to. */
import { MetricUnit } from '@aws-lambda-powertools/metrics'
import { type RunEvent, recordRun } from '../pipeline/runs/record.ts'
import { metrics, onLake } from './function.ts'

export const handler = onLake([], async (lake, event: RunEvent) => {
  const recorded = await recordRun(lake, event)
  metrics.addMetric('FailedCount', MetricUnit.Count, recorded.failedCount)
  metrics.addMetric('RejectedCount', MetricUnit.Count, recorded.rejectedCount)
  metrics.addMetric('RowCount', MetricUnit.Count, recorded.rowCount)
  return recorded
})
