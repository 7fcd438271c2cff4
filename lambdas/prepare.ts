/** Prepare: the order of an execution becomes a plan; the calendar is there before anything lands. */
import type { Lake } from '../pipeline/lake/lake.ts'
import { plan, planReads } from '../pipeline/runs/plan.ts'
import { writeCalendar } from '../pipeline/silver/calendar-tables.ts'
import { onLake } from './function.ts'
import { outside } from './outside.ts'

interface Ordered {
  readonly order: unknown
  readonly startedAt: string
}

const prepare = async (lake: Lake, { order, startedAt }: Ordered) => {
  await writeCalendar(lake)
  return plan(lake, order, new Date(startedAt))
}

export const handler = onLake(planReads, prepare, { outside })
