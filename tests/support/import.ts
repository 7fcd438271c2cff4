/** Rows landed as an analyst would: written to a CSV, imported, none rejected. */
import { stringify } from 'csv-stringify/sync'
import { expect } from 'vitest'
import { importFiles } from '../../pipeline/ingest/import-files.ts'
import type { Lake } from '../../pipeline/lake/lake.ts'
import { writeInput } from './lake.ts'
import { sharedCsv } from './shared-folder.ts'

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

/** An SEC filing, public from its acceptance on. */
export const filing = (
  symbol: string,
  accession: string,
  form: string,
  items: string,
  accepted_at: string,
  report_on = accepted_at.slice(0, 10),
) => ({
  symbol,
  filed_on: accepted_at.slice(0, 10),
  accession,
  cik: '0000000001',
  form,
  items,
  accepted_at,
  report_on,
  document: '',
  known_at: accepted_at,
})

/** Payroll levels whose changes are the golden vintages of 2025; June stays as it is. */
export const goldenPayrollLevels = () => {
  const vintages = sharedCsv('golden/asof_vintages.csv')
  const instants = [...new Set(vintages.map((row) => row.knowledge_time_utc!))].sort()
  return instants.flatMap((known_at) => {
    let value = 159_000
    return ['2025-06', '2025-07', '2025-08', '2025-09'].flatMap((month, i) => {
      const known = vintages.filter((row) => row.ref_period === month && row.knowledge_time_utc! <= known_at).at(-1)
      if (i > 0 && !known) return []
      value += Number(known?.value_k ?? 0)
      return [{ series: 'PAYEMS', reference_period: `${month}-01`, value, known_at }]
    })
  })
}
