/** Prepare: turns the run request of an execution into a plan, and writes the calendar and the declared last sessions before anything lands. */
import type { Lake } from '../pipeline/lake/lake.ts'
import { plan, planReads } from '../pipeline/runs/plan.ts'
import { writeCalendar } from '../pipeline/silver/calendar-tables.ts'
import { declareLastSessions } from '../pipeline/silver/last-sessions-table.ts'
import { onLake } from './function.ts'
import { outside } from './outside.ts'

interface RequestedRun {
  readonly request: unknown
  readonly startedAt: string
}

const prepare = async (lake: Lake, { request, startedAt }: RequestedRun) => {
  await writeCalendar(lake)
  await declareLastSessions(lake)
  return plan(lake, request, new Date(startedAt))
}

export const handler = onLake(planReads, prepare, { outside })
