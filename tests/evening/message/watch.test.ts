/** The evening's message: what is lit and since when, with levels at which a signal lights and goes out. */
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../../core/engine.ts'
import { hasChanged, type SignalState } from '../../../evening/gather/signals.ts'
import { gather, gatherAll } from '../../../evening/gather.ts'
import { tomorrow } from '../../../evening/html/front/tomorrow.ts'
import { bullets } from '../../../evening/language/headline.ts'
import { saying } from '../../../evening/language/language.ts'
import { parseWatch } from '../../../evening/message/config.ts'
import { messageOf } from '../../../evening/message/message.ts'
import type { Lake } from '../../../pipeline/lake/lake.ts'
import type { Levels, SignalLevels } from '../../../schemas/signal-levels.ts'
import { type Signal, signals } from '../../../schemas/signals.ts'
import { copyFolder, newFolder, openTestLake } from '../../support/lake.ts'
import { episodeLake } from '../../support/shared-lakes.ts'
import { days, openEvenings, statesFor } from '../../support/signal-evenings.ts'

const event = '2025-11-20'
const unknown = null

/** The states of one signal, of which some values are given and every other signal is unknown. */
const statesOf = async (column: Signal['column'], values: readonly (number | null)[], levels: SignalLevels = {}) =>
  (await statesFor(engine, { [column]: values }, levels)).map(
    (states) => states.find(({ signal }) => signal.column === column)!,
  )
const brief = (states: Awaited<ReturnType<typeof statesOf>>) =>
  states.map(({ state, change, isHeld, sessionCount }) => [state, change, isHeld, sessionCount])

let engine: Engine
beforeAll(async () => {
  engine = await openEvenings()
  return () => engine.close()
})

/** The rule in words of its own: it lights beyond `on`, goes out at `off`, and otherwise stays as it was. */
const fold = (
  { direction }: Signal,
  values: readonly (number | null)[],
  { on, off }: Levels,
): Pick<SignalState, 'state' | 'change' | 'since'>[] => {
  const isBeyond = (value: number) =>
    direction === 'true' ? value === 1 : direction === 'above' ? value > on : value <= on
  const isBack = (value: number) =>
    direction === 'true' ? value === 0 : direction === 'above' ? value <= off : value > off
  let since: string | null = null
  return values.map((value, i) => {
    const before = since
    if (value !== null && isBeyond(value)) since ??= days[i]!.session
    else if (value !== null && isBack(value)) since = null
    const change = (before === null) === (since === null) ? null : since ? 'lit' : 'out'
    return { state: value === null ? 'unknown' : since ? 'lit' : 'dark', change, since: value === null ? null : since }
  })
}

describe('a signal', () => {
  it('lights beyond `on`, is held until it is back at `off`, and goes out once', async () => {
    const levels = { vix_percentile_expanding: { on: 0.9, off: 0.85 } }
    expect(brief(await statesOf('vix_percentile_expanding', [0.8, 0.95, 0.88, 0.92, 0.85, 0.88], levels))).toEqual([
      ['dark', null, false, null],
      ['lit', 'lit', false, 1],
      ['lit', null, true, 2],
      ['lit', null, false, 3],
      ['dark', 'out', false, null],
      ['dark', null, false, null],
    ])
  })

  it('that lights below holds until it is above `off`', async () => {
    const levels = { net_gamma_known: { on: 0, off: 5e8 } }
    const states = await statesOf('net_gamma_known', [1e9, 0, 4e8, 6e8], levels)
    expect(states.map(({ state }) => state)).toEqual(['dark', 'lit', 'lit', 'dark'])
  })

  it('that is unknown says so, and remembers what it was', async () => {
    expect(brief(await statesOf('vvix_close', [120, unknown, 120]))).toEqual([
      ['lit', 'lit', false, 1],
      ['unknown', null, false, null],
      ['lit', null, false, 3],
    ])
  })

  it('is lit on every evening on which it is lit without hysteresis, and changes no more often', async () => {
    const value = fc.oneof(fc.double({ min: 90, max: 130, noNaN: true }), fc.constant(unknown))
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, { minLength: 1, maxLength: 25 }),
        fc.double({ min: 0, max: 15, noNaN: true }),
        async (values, width) => {
          const narrow = await statesOf('vvix_close', values, { vvix_close: { on: 110 } })
          const wide = await statesOf('vvix_close', values, { vvix_close: { off: 110 - width } })
          for (const [i, { state }] of narrow.entries()) if (state === 'lit') expect(wide[i]!.state).toBe('lit')
          const changes = (of: typeof wide) => of.filter(({ change }) => change).length
          expect(changes(wide)).toBeLessThanOrEqual(changes(narrow))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('has the states of a fold over its values, whatever its direction and levels', async () => {
    const measured = signals.filter(({ direction }) => direction !== 'true')
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...signals),
        fc.array(fc.option(fc.integer({ min: -4, max: 4 })), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: -3, max: 3 }),
        fc.nat({ max: 3 }),
        async (signal, drawn, on, width) => {
          const isMeasured = measured.includes(signal)
          const values = isMeasured ? drawn : drawn.map((each) => each && (each > 0 ? 1 : 0))
          const levels = { on, off: signal.direction === 'above' ? on - width : on + width }
          const found = await statesOf(signal.column, values, isMeasured ? { [signal.column]: levels } : {})
          expect(found.map(({ state, change, since }) => ({ state, change, since }))).toEqual(
            fold(signal, values, levels),
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is explained by a reason that is true of its value', async () => {
    const reasons = async (column: Signal['column'], values: readonly (number | null)[]) =>
      (await statesOf(column, values)).map(({ because }) => because[0])
    expect(await reasons('vix_term_structure', [0.99, 1.02, 0.99, 0.97, null])).toEqual([
      'not above 1; the curve is inverted above 1',
      'above 1; the curve is inverted above 1',
      'rose above 1 before; stays lit until it is back at 0.97',
      'not above 1; the curve is inverted above 1',
      'not known that evening',
    ])
    expect(await reasons('net_gamma_known', [6e8, -1, 4e8])).toEqual([
      expect.stringMatching(/^above 0;/),
      expect.stringMatching(/^at or below 0;/),
      'fell to 0 or below before; stays lit until it is above $500 m',
    ])
    const [row] = await engine.rows(
      `select because from precursor_signals where signal = 'net_gamma_known' order by session desc limit 1`,
    )
    expect(row?.because).toBe('fell to 0 or below before; stays lit until it is above $500 m')
  })
})

describe('the configuration', () => {
  it.each([
    ['{"levels": {"vix": {"on": 1}}}', /watch\.json: levels\.vix: there is no such signal/],
    ['{"levels": {"is_resonance": {"on": 1}}}', /levels\.is_resonance: it is true or false/],
    ['{"levels": {"vvix_close": {"off": 120}}}', /levels\.vvix_close: "off" \(120\) must not be above "on" \(110\)/],
    ['{"levels": {"net_gamma_known": {"off": -1}}}', /"off" \(-1\) must not be below "on" \(0\)/],
    ['{"language": "fr"}', /watch\.json: language: /],
    ['{"level": {}}', /watch\.json: .*level/],
    ['{', /watch\.json is not JSON/],
  ])('%s is refused with its place', (text, message) => {
    expect(() => parseWatch(text, 'watch.json')).toThrow(message)
  })
})

describe('the evening of the episode', () => {
  let lake: Lake
  beforeAll(async () => {
    lake = (await openTestLake({ folder: await episodeLake() })).lake
    await lake.refresh()
    return () => lake.close()
  })

  it('with the declared levels given as overrides has the states of precursor_signals', async () => {
    const rows = await lake.engine.rows(
      `select signal, is_lit from precursor_signals where session = date '${event}' order by signal`,
    )
    const isLit = { lit: true, dark: false, unknown: null }
    const { signals: found } = await gather(lake, event, { levels: { vvix_close: { on: 110, off: 105 } } })
    const states = found.map(({ signal, state }) => ({
      signal: signal.column,
      is_lit: isLit[state],
    }))
    expect(states.sort((a, b) => a.signal.localeCompare(b.signal))).toEqual(rows)
  })

  it('is a short text: counts, what lit, what stays, what hit, what is due', async () => {
    const { subject, text } = messageOf(await gather(lake, event), 'en')
    expect(subject).toBe('Precursor, the evening of 2025-11-20: 17 of 25 known signals lit; score 71.0')
    for (const line of [
      /^SAMPLE: /,
      /^Newly lit:$/m,
      /^ {2}Resonance: yes$/m,
      /^Still lit:$/m,
      /^ {2}VVIX: 128\.65 \(since 2025-11-18, 3 sessions\)$/m,
      /^ {2}2025-11-20 08:30 {2}Employment Situation for 2025-09: \+119/m,
      /^Due on 2025-11-21:\n {2}09:30 {2}Monthly options expire\n {2}Results are covered of NVDA only\.$/m,
      /^Overdue:\n {2}Gross Domestic Product, first estimate for 2025-Q3, due 2025-10-30: 21 days overdue$/m,
      /^ {2}and 3 more$/m,
    ])
      expect(text).toMatch(line)
    expect(text.length).toBeLessThan(2000)
  })

  it('keeps the subject short and ASCII in every language, as SNS wants it', async () => {
    const { subject, text } = messageOf(await gather(lake, event), 'zh')
    expect(subject).toMatch(/^[\x20-\x7e]{1,100}$/)
    expect(text).toMatch(/新亮起/)
  })

  it.each([
    ['2025-10-03', 'Employment Situation for 2025-09'],
    ['2025-11-07', 'Employment Situation for 2025-10'],
    ['2025-11-13', 'Consumer Price Index for 2025-10'],
  ])('of %s says that %s was due and did not come', async (session, title) => {
    const evening = await gather(lake, session)
    expect(evening.overdue).toContainEqual(
      expect.objectContaining({ title: expect.stringContaining(title), overdue_days: 0 }),
    )
    expect(messageOf(evening, 'en').text).toContain(`Overdue:\n  ${title}, due ${session}: not known by the evening`)
    expect(bullets(evening, saying('en')).at(-1)).toContain(`Not known by the evening: ${title}, due ${session}.`)
    expect(String(tomorrow(evening, saying('zh')))).toContain('截至当晚未得知')
    const [{ n }] = (await lake.engine.rows(
      `select count(*) as n from overdue_releases where session = date '${session}'`,
    )) as [{ n: number }]
    expect(evening.overdue.filter(({ overdue_days }) => overdue_days > 0)).toHaveLength(n)
  })

  it('does not say so of a release that came', async () => {
    const evening = await gather(lake, event)
    expect(evening.overdue.map(({ overdue_days }) => overdue_days)).not.toContain(0)
    expect(messageOf(evening, 'en').text).not.toContain('not known by the evening')
  })

  it('says what no source covers of the session', async () => {
    const evening = await gather(lake, '2025-11-13')
    expect(messageOf(evening, 'en').text).toMatch(
      /^Catalysts of the session:\n {2}none known\n {2}No source covers nonfarm payrolls\./m,
    )
  })

  it('knows what is due the next session by its present schedule, and nothing of what came since', async () => {
    const { due, next } = await gather(lake, '2025-11-19')
    expect(next).toBe(event)
    expect(due).toContainEqual({
      kind: 'nonfarm_payrolls',
      scheduled_at: '2025-11-20T13:30:00.000Z',
      title: expect.stringMatching(/^Employment Situation for 2025-09/),
      status: 'delayed',
    })
    expect(due.map(({ title }) => title).join()).not.toMatch(/\+119|2025-10, cancelled/)
  })

  it('says of which session a value is that was published in the morning', async () => {
    const evening = await gather(lake, '2025-09-16')
    expect(messageOf(evening, 'en').text).toMatch(/^ {2}Basket selling: 2\.89 \(of 2025-09-15\)/m)
    expect(messageOf(evening, 'zh').text).toMatch(
      /^ {2}一篮子抛售：2\.89（2025-09-15 的数值）|^ {2}一篮子抛售: 2\.89（2025-09-15 的数值）/m,
    )
  })

  it('says of an early close when the exchange closes', async () => {
    const eve = await gather(lake, '2025-07-02')
    expect(messageOf(eve, 'en').text).toMatch(/^Due on 2025-07-03:\n {2}13:00 {2}the exchange closes early$/m)
    expect(messageOf(eve, 'zh').text).toMatch(/^ {2}13:00 {2}交易所提前收盘$/m)
  })
})

describe('precursor watch', () => {
  const bin = fileURLToPath(new URL('../../../bin/precursor.mjs', import.meta.url))
  const watch = async (args: readonly string[], env: NodeJS.ProcessEnv = {}, folder?: string) => {
    const lake = folder ?? (await episodeLake())
    return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
      const child = spawn(process.execPath, [bin, '--lake', lake, 'watch', ...args], {
        env: { ...process.env, NO_COLOR: '1', PRECURSOR_LAKE: '', ...env },
      })
      let [stdout, stderr] = ['', '']
      child.stdout.on('data', (chunk) => (stdout += chunk))
      child.stderr.on('data', (chunk) => (stderr += chunk))
      child.on('close', (status) => resolve({ status, stdout, stderr }))
    })
  }

  it('posts to a webhook, again where it was told to wait, once for a session, and never shows its address', async () => {
    const folder = newFolder()
    copyFolder(await episodeLake(), folder)
    const bodies: string[] = []
    const server = createServer((request, response) => {
      request.setEncoding('utf8')
      let body = ''
      request.on('data', (chunk) => (body += chunk))
      request.on('end', () => {
        bodies.push(body)
        response.statusCode = request.url === '/refused/secret' ? 404 : bodies.length === 1 ? 503 : 200
        response.end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    try {
      const posted = await watch([event, '--post'], { PRECURSOR_WEBHOOK: `${address}/hook/secret` }, folder)
      expect(posted).toMatchObject({ status: 0, stdout: 'posted the evening of 2025-11-20\n' })
      expect(bodies).toHaveLength(2)
      expect(JSON.parse(bodies[1]!).text).toMatch(/Precursor, the evening of 2025-11-20/)
      const second = await watch([event, '--post'], { PRECURSOR_WEBHOOK: `${address}/hook/secret` }, folder)
      expect(second).toMatchObject({ status: 0, stdout: expect.stringMatching(/has been posted: --again posts it/) })
      expect(bodies).toHaveLength(2)
      const again = ['--post', '--again']
      const refused = await watch([event, ...again], { PRECURSOR_WEBHOOK: `${address}/refused/secret` }, folder)
      expect(refused).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/the webhook at 127\.0\.0\.1:\d+ .*HTTP 404/),
      })
      expect(`${posted.stdout}${posted.stderr}${refused.stderr}`).not.toContain('secret')
    } finally {
      server.close()
    }
  })

  it.each([
    ['http://chat.example.com/secret', /chat\.example\.com is not asked over http:.*use https/],
    ['secret', /PRECURSOR_WEBHOOK must be an address/],
    ['', /--post needs the address/],
  ])('refuses the webhook "%s"', async (address, message) => {
    const { status, stderr } = await watch([event, '--post'], { PRECURSOR_WEBHOOK: address })
    expect(status).toBe(64)
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\/secret/)
  })

  it('with --changes says nothing of an evening on which nothing changed', async () => {
    const { lake } = await openTestLake({ folder: await episodeLake() })
    await lake.refresh()
    const sessions = await lake.engine.rows<{ session: string }>(
      "select session from crash_precursors where session >= date '2025-06-01' order by session",
    )
    const evenings = await gatherAll(
      lake,
      sessions.map(({ session }) => session),
      { parts: ['signals'] },
    )
    const calm = evenings.find((evening) => !hasChanged(evening.signals))?.session
    await lake.close()
    expect(calm).toBeDefined()
    const config = fileURLToPath(new URL('../../support/no-levels.json', import.meta.url))
    expect(await watch([calm!, '--changes', '--config', config])).toMatchObject({ status: 0, stdout: '' })
    expect((await watch([event, '--changes', '--config', config])).stdout).toMatch(/Newly lit/)
  })
})
