/** Decodes bytes with a source, as landing does. */
import type { Decoded, Source } from '../../sources/source.ts'
import { sampleUniverse } from './lake.ts'

export const decode = async (
  source: Source,
  body: string | Uint8Array,
  options: { key?: string; fetchedAt?: string; url?: string } = {},
): Promise<Decoded[]> =>
  source.rows(
    {
      source: source.name,
      key: options.key ?? 'key',
      body: typeof body === 'string' ? Buffer.from(body) : body,
      fetchedAt: new Date(options.fetchedAt ?? '2026-11-23T15:00:00Z'),
      bronzeKey: `bronze/${source.name}/test`,
      isKeyGuessed: options.key === undefined,
      ...(options.url ? { url: options.url } : {}),
    },
    {
      universe: {
        ...sampleUniverse,
        filers: [
          { symbol: 'NVDA', cik: '0001045810' },
          { symbol: 'TSLA', cik: '0001318605' },
        ],
      },
    },
  )

/** Values of the rows for one table. */
export const valuesOf = (rows: readonly Decoded[], table: string) =>
  rows.filter((row) => row.table.name === table).map((row) => row.values)
