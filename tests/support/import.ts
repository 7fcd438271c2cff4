/** Rows landed as an analyst would: written to a CSV, imported, none rejected. */
import { stringify } from 'csv-stringify/sync'
import { expect } from 'vitest'
import { importFiles } from '../../pipeline/ingest.ts'
import type { Lake } from '../../pipeline/lake.ts'
import { writeInput } from './lake.ts'

export const land = async (
  lake: Lake,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
  set: Record<string, string> = {},
): Promise<void> => {
  const file = writeInput(`${table}.csv`, stringify([...rows], { header: true }))
  expect(await importFiles(lake, table, [file], set)).toMatchObject({ error: null, rejectedCount: 0 })
  await lake.refresh()
}

/** One announcement of a release calendar, as known from an instant on. */
export const announcement = (
  release: string,
  reference_period: string,
  scheduled_at: string,
  known_at: string,
  others: Readonly<Record<string, unknown>> = {},
) => ({
  announcement_id: `${release} ${reference_period}`,
  release,
  title: release,
  scheduled_at,
  status: 'confirmed',
  revision_number: 0,
  reference_period,
  merged_into: '',
  known_at,
  ...others,
})

/** A bar, for what reaches to the last session in the lake. */
export const bar = (session: string) => ({ session, open: 100, high: 101, low: 99, close: 100, volume: 1000 })
