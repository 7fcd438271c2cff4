/** The temporary relations of landing, in the order in which they are made. Each step reads only those above its own. */

import type { Engine } from '../../core/engine.ts'
import type { Table } from '../../schemas/table.ts'

/** 0. Ledger: the lines of the payloads of an origin that had landed before the batch. */
export const landedName = 'landed_before'

/** 1. Staging: the payloads of the batch. */
export const payloadIndex = 'payload_index'
/** 2. Staging for a table: the decoded rows without the columns that all of them share, and the same with all columns and `_id`. */
export const stageTableName = (table: Table) => `stored_${table.name}`
export const stageName = (table: Table) => `stage_${table.name}`

/** 3. Validation: `_id` and `_reason` of the rejected rows of a table, and `_id` of the bars that are left out (`_is_left_out`). */
export const rejectionsName = (table: Table) => `rejections_${table.name}`
/** 4. Validation: the staged rows of a table without the rejected ones and those left out. */
export const validName = (table: Table) => `valid_${table.name}`
/** 5. Validation: what rows of one payload are about more than once. */
export const twiceName = 'twice'
/** 6. Validation: rows far from a neighbour. */
export const suspectsName = 'suspects'

/** 7. Ledger: for each question asked, when, and which sessions the answer covered. */
export const looksName = 'looks'

/** 8. Merge: the valid rows of a table with what stamps them. */
export const incomingName = 'incoming'
/** 8a. Merge: the incoming rows of the partitions in which some row is new. */
export const newsName = 'news'
/** 8b. Merge: the stamps of each session, if they are the same for all rows of a session. */
export const sessionStampsName = 'session_stamps'
/** 9. Merge: the rows that the years shall hold, where nothing was there and where something was. */
export const freshName = 'fresh'
export const mergedName = 'merged'
/** Made only to see whether the values of one payload can be stamped. */
export const trialName = 'trial'

/** 10. Ledger: the lines of the batch, its rejected rows, and the rows that a bookkeeping table shall hold. */
export const batchName = 'batch'
export const rejectedBatchName = 'rejected_batch'
export const recordedName = 'recorded'

export const isEmpty = async (engine: Engine, relation: string): Promise<boolean> => {
  const [found] = await engine.rows<{ n: number }>(`select count(*) as n from ${relation}`)
  return !found?.n
}
