/** The session of a value that is published on the morning after it: by its source, not by the calendar alone. */
import { expect, it } from 'vitest'
import { observed } from '../../evening/gather/observed.ts'
import { compute } from '../../pipeline/compute/compute.ts'
import { bar, land } from '../support/import.ts'
import { openTestLake } from '../support/lake.ts'
import { groupedBars, ingestText, nasdaqListed, otherListed } from '../support/symbol-volumes.ts'

const [before, session] = ['2025-11-20', '2025-11-21']
const volumes = [
  { symbol: 'SPY', shares: 100, price: 600 },
  { symbol: 'BRK.B', shares: 20, price: 500 },
]

/** The ETF share of a session, with volumes that came at a time of UTC. */
const shareOf = async (of: string, fetchedAt: string) => {
  const { lake } = await openTestLake()
  const made = '1119202517:30'
  const at = '2025-11-19T23:00:00Z'
  await ingestText(lake, 'nasdaq_symbol_directory', nasdaqListed({ QQQ: 'Y' }, made), 'nasdaqlisted', at)
  await ingestText(lake, 'nasdaq_symbol_directory', otherListed(made), 'otherlisted', at)
  await land(lake, 'daily_bars', [bar(before), bar(session)], { symbol: 'SPY' })
  await ingestText(lake, 'massive_grouped_bars', groupedBars(of, volumes), of, fetchedAt)
  for (const { error } of await compute(lake)) expect(error).toBeNull()
  await lake.refresh()
  const [own] = await lake.engine.rows(
    `select etf_share_known, etf_share_definition from crash_precursors where session = date '${session}'`,
  )
  expect(own).toMatchObject({ etf_share_known: 60_000 / 70_000, etf_share_definition: 'measured' })
  const rows = await lake.engine.rows<{ signal: string; observed_on: string | null }>(observed.sql([session]).text)
  await lake.close()
  return Object.fromEntries(rows.map(({ signal, observed_on }) => [signal, observed_on]))
}

const others = { net_gamma_known: before, share_pressure_known: before }

it('is the session before, if its volumes came in the morning', async () => {
  expect(await shareOf(before, '2025-11-21T14:00:00Z')).toEqual({ etf_share_z_known: before, ...others })
})

it('is the session itself, if its volumes came on its evening', async () => {
  expect(await shareOf(session, '2025-11-21T23:30:00Z')).toEqual({ etf_share_z_known: session, ...others })
})
