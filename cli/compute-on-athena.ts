/** Compute with Athena: the SQL of stored views runs there, and what the queries scanned and cost is told at the end. */

import { openAthena } from '../adapters/athena/client.ts'
import { billed, megabytes } from '../adapters/athena/cost.ts'
import { athenaUnload } from '../adapters/athena/unload.ts'
import { s3Client } from '../adapters/aws.ts'
import type { Deployment } from '../core/deployment.ts'
import type { Unload } from '../core/platform.ts'
import { computeDistributed } from '../pipeline/compute/distributed.ts'
import type { Part } from '../pipeline/runs/perform.ts'
import { tell } from './output.ts'

export const computeOnAthena = (deployment: Deployment): Part => ({
  name: 'compute',
  perform: async (lake) => {
    const scanned: number[] = []
    const onAthena = athenaUnload({
      athena: openAthena(deployment),
      s3: s3Client(),
      bucket: deployment.bucket,
      scratch: lake.platform.scratch,
    })
    const unload: Unload = async (query) => {
      const answer = await onAthena(query)
      scanned.push(answer.bytesScanned)
      return answer
    }
    const outcomes = await computeDistributed(lake, { ...deployment, unload })
    lake.platform.progress.end()
    const sum = scanned.reduce((total, each) => total + each, 0)
    tell(
      scanned.length > 0
        ? `Athena: ${megabytes(sum)} scanned by ${scanned.length} queries, ${billed(...scanned)}\n`
        : 'Athena: nothing to compute\n',
    )
    return outcomes
  },
})
