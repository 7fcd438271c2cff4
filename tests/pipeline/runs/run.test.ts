/** A run on this machine: planned, fetched and logged by the same code as a run of the state machine. */
import { describe, expect, it } from 'vitest'
import { run } from '../../../pipeline/runs/run.ts'
import { loggedSteps } from '../../../pipeline/runs/run-log.ts'
import { partsOfRun } from '../../../pipeline/runs/step-texts.ts'
import { vixCsv } from '../../support/answers.ts'
import { openTestLake } from '../../support/lake.ts'

const closes = (index: string) =>
  Buffer.from(['VVIX', 'SKEW'].includes(index) ? `DATE,${index}\n11/20/2025,100\n` : vixCsv([['2025-11-20', 26.42]]))

describe('a run', () => {
  it('logs ingestion and every step, and a resumed one reuses the responses stored since', async () => {
    const asked: string[] = []
    const { lake } = await openTestLake({
      at: '2025-11-20T23:30:00Z',
      platform: {
        fetch: async ({ url }) => {
          asked.push(url)
          return { status: 200, headers: {}, body: closes(/(\w+)_History/.exec(url)![1]!) }
        },
      },
    })
    const request = { session: '2025-11-20', sources: ['cboe_volatility'] }
    const first = await run(lake, request)
    expect(first).toMatchObject({ runId: '2025-11-20T23:30:00.000Z run', status: 'ok', failedCount: 0, rowCount: 5 })
    expect(first.message).toBe('run of 2025-11-20: all landed')
    expect(first.steps.map(({ step }) => step)).toEqual(partsOfRun)
    expect(new Set((await loggedSteps(lake, 'run')).map(({ step }) => step))).toEqual(new Set(partsOfRun))

    const count = asked.length
    const span = { from: '2025-11-20', to: '2025-11-20', sources: request.sources, since: '2025-11-20T23:00:00Z' }
    expect(await run(lake, span)).toMatchObject({ runId: '2025-11-20T23:30:00.000Z backfill', status: 'ok' })
    expect(asked).toHaveLength(count)
    // Responses stored before this instant are not reused.
    await run(lake, { ...span, since: '2025-11-20T23:30:01Z' })
    expect(asked).toHaveLength(2 * count)
    await lake.close()
  })
})
