/** The bundled episode end to end: what the evening of 2025-11-20 shows. */

import { cpSync } from 'node:fs'
import { describe, expect, inject, it } from 'vitest'
import { eveningPage } from '../pipeline/cli/page.ts'
import { rebuild } from '../pipeline/ingest.ts'
import { derivedHashes, newFolder, openTestLake } from './support/lake.ts'

const session = "date '2025-11-20'"
const open = async () => {
  const test = await openTestLake({ folder: inject('episodeLake') })
  await test.lake.refresh()
  return test.lake
}

describe('2025-11-20', () => {
  it('shows three catalysts of three kinds, each at its instant', async () => {
    const { engine } = await open()
    const hits = await engine.rows(
      `select kind, entity, occurred_at, delay_days, actual, consensus, surprise, tags, known_at from catalysts_by_session where session = ${session} order by occurred_at`,
    )
    expect(hits).toMatchObject([
      {
        kind: 'earnings',
        entity: 'NVDA',
        occurred_at: '2025-11-19T21:20:31.000Z',
        known_at: '2025-11-19T21:20:31.000Z',
      },
      {
        kind: 'nonfarm_payrolls',
        occurred_at: '2025-11-20T13:30:00.000Z',
        delay_days: 48,
        actual: 119,
        consensus: 50,
        surprise: 69,
      },
      { kind: 'fed_speech', entity: 'Lisa D. Cook', tags: expect.stringContaining('private_credit') },
    ])
  })

  it('lights the depth at 5/11 of its mean and leaves what was not known unlit', async () => {
    const { engine } = await open()
    const [row] = await engine.rows(`select * from crash_precursors where session = ${session}`)
    expect(row?.depth_ratio).toBeCloseTo(5 / 11, 14)
    expect(row).toMatchObject({
      is_depth_vacuum: true,
      vix_close: 26.42,
      sessions_since_higher_vix: 146,
      catalyst_kind_count: 3,
      longest_delay_days: 48,
      net_gamma_known: 3.21e9,
      payrolls_change: 119,
    })
    expect(Number(row?.etf_share_known)).toBeLessThan(0.32)
    const [facts] = await engine.rows(`select etf_share, net_gamma from session_facts where session = ${session}`)
    expect(facts?.etf_share).toBeCloseTo(0.41, 9)
    expect(facts?.net_gamma).toBe(1.34e9)
  })

  it('keeps the timetable: confirmed, delayed, released; and October cancelled', async () => {
    const { engine } = await open()
    const states = await engine.rows(
      `select reference_period, status, scheduled_at from catalysts where kind = 'nonfarm_payrolls' and reference_period between date '2025-09-01' and date '2025-10-01' order by reference_period, known_at`,
    )
    expect(states).toEqual([
      { reference_period: '2025-09-01', status: 'confirmed', scheduled_at: '2025-10-03T12:30:00.000Z' },
      { reference_period: '2025-09-01', status: 'delayed', scheduled_at: '2025-10-03T12:30:00.000Z' },
      { reference_period: '2025-09-01', status: 'released', scheduled_at: '2025-10-03T12:30:00.000Z' },
      { reference_period: '2025-10-01', status: 'confirmed', scheduled_at: '2025-11-07T13:30:00.000Z' },
      { reference_period: '2025-10-01', status: 'cancelled', scheduled_at: '2025-11-07T13:30:00.000Z' },
    ])
  })

  it('prints a page that says it is a sample, what was lit, what hit and what was not known', async () => {
    const page = await eveningPage(await open(), '2025-11-20')
    expect(page).toMatch(/^SAMPLE: a simulated market/)
    for (const line of [
      /GSPC\s+\+1\.44 %\s+-1\.56 %/,
      /VIX 26\.42, \+11\.67 %; last close as high on 2025-04-24, 146 sessions before/,
      /● Depth vacuum/,
      /○ Dealer gamma/,
      /2025-11-20 08:30 {2}Employment Situation for 2025-09: \+119 thousand persons, \+50 expected, 48 days late/,
      /private_credit\.private_credit \(Private credit\): “Private credit has grown quickly/,
      /Employment Situation for 2025-10, cancelled/,
      /ETF share of the volume of this session: published the next morning/,
    ]) {
      expect(page).toMatch(line)
    }
  })

  it('is the same silver when rebuilt from its bronze', async () => {
    const folder = newFolder()
    cpSync(inject('episodeLake'), folder, { recursive: true })
    const before = derivedHashes(folder)
    const test = await openTestLake({ folder, at: '2025-11-21T13:15:00Z' })
    const outcomes = await rebuild(test.lake, [])
    expect(outcomes.filter(({ status }) => status !== 'ok')).toEqual([])
    expect(derivedHashes(folder)).toEqual(before)
  })
})
