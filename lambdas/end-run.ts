/** End run: writes the steps of an execution to the run log and counts rows and failures. */
import { MetricUnit } from '@aws-lambda-powertools/metrics'
import { type EndedRun, endRun } from '../pipeline/runs/end-run.ts'
import { metrics, onLake } from './function.ts'

export const handler = onLake([], async (lake, event: EndedRun) => {
  const summary = await endRun(lake, event)
  metrics.addMetric('FailedCount', MetricUnit.Count, summary.failedCount)
  metrics.addMetric('RejectedCount', MetricUnit.Count, summary.rejectedCount)
  metrics.addMetric('RowCount', MetricUnit.Count, summary.rowCount)
  return summary
})
