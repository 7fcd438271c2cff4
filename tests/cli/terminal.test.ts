/** Text from feeds: it steers no terminal, gives no command in a chat and is no formula in a spreadsheet. */
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { chatText } from '../../adapters/chat-text.ts'
import { printable, printableJson, printableLine } from '../../core/printable.ts'
import { gather } from '../../evening/gather.ts'
import { messageOf, messageParts } from '../../evening/message/message.ts'
import { endRun } from '../../pipeline/runs/end-run.ts'
import { copyFolder, newFolder, openTestLake, writeInput } from '../support/lake.ts'
import { precursor, precursorBeside } from '../support/precursor.ts'
import { episodeLake } from '../support/shared-lakes.ts'

/** Escapes, C1 controls, marks of direction, separators. */
const steering = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u
const steers = (text: string) => steering.test(text.replaceAll('\n', ''))
const nasty =
  '\u001b[31mRED\u001b[0m \u001b]0;title\u0007 \u009b2J \u202eevil\u202c \u2066x\u2069 \u200f\r\b\u007f\u0000\u2028\ud800'

describe('text that is printed', () => {
  it('shows every character that steers a terminal, and leaves others', () => {
    expect(printable('\u001b[31m\u009b\u202e\n\té 你好 👩‍👩‍👧 −')).toBe('\\x1b[31m\\x9b\\u202e\n\té 你好 👩‍👩‍👧 −')
    expect(printableLine('a\tb\r\nc')).toBe('a\\tb\\r\\nc')
  })

  it('holds none of them, whatever it was', () => {
    const anything = fc.string({ unit: 'binary' })
    fc.assert(fc.property(anything, (text) => !steering.test(printable(text).replace(/[\n\t]/g, ''))))
    fc.assert(fc.property(anything, (text) => !steering.test(printableLine(text))))
  })

  it('as JSON has the same value as before', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        const json = printableJson(JSON.stringify(texts))
        return !steering.test(json) && JSON.stringify(JSON.parse(json)) === JSON.stringify(texts)
      }),
    )
  })
})

describe('a text for a chat', () => {
  it.each([
    ['<!channel> <!here|x> <@U123> <#C1>', '&lt;!channel&gt; &lt;!here|x&gt; &lt;@\u200bU123&gt; &lt;#C1&gt;'],
    ['<https://evil.example|click>', '&lt;https://evil.example|click&gt;'],
    ['AT&amp;T', 'AT&amp;amp;T'],
    ['@channel @here @everyone @all', '@\u200bchannel @\u200bhere @\u200beveryone @\u200ball'],
    ['[click](https://evil.example) ![i](x)', '[click]\u200b(https://evil.example) ![i]\u200b(x)'],
    ['[click][1] [1]: https://evil.example', '[click]\u200b[1]\u200b [1]\u200b: https://evil.example'],
    ['3 @ 5, S&P', '3 @ 5, S&amp;P'],
    ['\u200b@\u200bhere \u001b[31m', '\\u200b@\\u200bhere \\x1b[31m'],
  ])('of %j', (text, safe) => {
    expect(chatText(text)).toBe(safe)
  })
})

describe('a spreadsheet', () => {
  it('takes no text for a formula, in cells or names', () => {
    const formulas = [
      '=1+1',
      '+1',
      '-1+cmd',
      '@SUM(1)',
      '\t=1',
      '\r=1',
      ' =1',
      '\n=1',
      '\u00a0=1',
      '\ufeff=1',
      '\u200b=1',
    ]
    const wide = ['\uff1d1+1', '\uff0b1', '\uff0d1', '\uff20SUM(1)', '\tx']
    const columns = [...formulas, ...wide].map((text) => `'${text}' as "${text}"`)
    const query = writeInput('q.sql', `select ${columns.join(', ')}`)
    const rows = parse(precursor(newFolder(), 'query', query, '--format', 'csv').stdout) as string[][]
    expect(rows.map((row) => row.length)).toEqual([columns.length, columns.length])
    expect(rows.flat().filter((cell) => !cell.startsWith("'"))).toEqual([])
  })

  it('takes numbers for numbers', () => {
    const query = "select -1.5 as a, -3 as b, '5-3' as c, null as d, '-7' as e"
    expect(precursor(newFolder(), 'query', query, '--format', 'csv').stdout).toBe('a,b,c,d,e\n-1.5,-3,5-3,,-7\n')
  })
})

describe('the command line', () => {
  const query = `select '${nasty.replaceAll('\u0000', '').replaceAll('\ud800', '')}' as "x\u001b[31m"`

  it.each(['table', 'csv', 'json'])('steers no terminal in an answer as %s', (format) => {
    const { status, stdout } = precursor(newFolder(), 'query', writeInput('q.sql', query), '--format', format)
    expect({ status, steers: steers(stdout) }).toEqual({ status: 0, steers: false })
    expect(stdout).toMatch(format === 'json' ? /\\u001b\[31mRED/ : /\\x1b\[31mRED/)
  })

  it.each([
    [['bogus\u001b[31m'], 64],
    [['query', 'select "\u009b2J\u202e" from daily_bars'], 1],
    [['--json', '--verbose', 'ingest', 'cboe_volatility', '--payload', '/nowhere/\u001b[31m\u202e'], 64],
    [['import', 'daily_bars\u001b]0;x\u0007', 'x.csv'], 64],
  ])('nor in the error of %j', (args, code) => {
    const { status, stdout, stderr } = precursor(newFolder(), ...args)
    expect({ status, steers: steers(stdout + stderr) }).toEqual({ status: code, steers: false })
  })

  it('nor in a log or the outcome of an import', () => {
    const file = writeInput(
      'bars.csv',
      'symbol,session,open,high,low,close,volume\n\u001b[31m\u009b,2025-11-20,1,2,1,\u202ex,5\n',
    )
    for (const logs of ['--json', '--verbose']) {
      const { status, stdout, stderr } = precursor(
        newFolder(),
        logs,
        'import',
        'daily_bars',
        file,
        '--set',
        'source=desk',
      )
      expect({ status, steers: steers(stdout + stderr) }).toEqual({ status: 1, steers: false })
    }
  })

  it('writes through one function', () => {
    const folder = fileURLToPath(new URL('../../cli', import.meta.url))
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    const writing = files.filter((name) =>
      /process\.std(out|err)\.write|console\./.test(readFileSync(join(folder, name), 'utf8')),
    )
    expect(writing).toEqual(['output.ts'])
  })
})

describe('the end of a run', () => {
  it('is told in a message that steers nothing: each error is one line', async () => {
    const { lake } = await openTestLake()
    const failure = {
      subject: 'desk',
      status: 'failed' as const,
      rowCount: 0,
      rejectedCount: 0,
      error: `${nasty}\nall landed`,
    }
    const at = '2025-11-21T00:30:00.000Z'
    const { message } = await endRun(lake, {
      verb: 'run',
      session: '2025-11-20',
      startedAt: at,
      steps: [{ step: 'ingest', startedAt: at, outcomes: [failure] }],
    })
    await lake.close()
    expect(steers(message)).toBe(false)
    expect(message.split('\n')).toEqual([
      'run of 2025-11-20: 1 failed, the others landed',
      expect.stringContaining('\\x1b[31mRED'),
    ])
  })
})

describe('an event that an analyst noted with hostile text', () => {
  const session = '2025-11-20'
  const title = `"<script>alert(1)</script><img src=x onerror=alert(2)> <!channel> <https://evil.example|click> [m](https://evil.example) @here \u009b31mRED \u202eEVIL =HYPERLINK(""http://evil"")"`
  const events = [
    'event_id,category,entity,title,occurred_at,reference',
    `e1,geopolitical,=cmd|calc,${title},${session}T10:00:00-05:00,javascript:alert(3)`,
    `e2'; drop table x; --,trade_policy,@SUM(1),=1+1'; drop,${session}T11:00:00-05:00,http://x`,
    '',
  ].join('\r\n')
  let lake: string

  beforeAll(async () => {
    lake = newFolder()
    copyFolder(await episodeLake(), lake)
    const file = writeInput('events.csv', events)
    expect(precursor(lake, 'import', 'reported_events', file, '--set', 'source=desk')).toMatchObject({ status: 0 })
    expect(precursor(lake, 'tag')).toMatchObject({ status: 0 })
  })

  it('is in the message on the terminal, and steers nothing', () => {
    const { status, stdout } = precursor(lake, 'watch', session)
    expect({ status, steers: steers(stdout) }).toEqual({ status: 0, steers: false })
    expect(stdout).toContain('\\x9b31mRED \\u202eEVIL')
  })

  it('is in the message that SNS sends, on one line, and steers nothing', async () => {
    const { lake: opened } = await openTestLake({ folder: lake })
    const { subject, text } = messageOf(await gather(opened, session, { parts: messageParts }), 'en')
    await opened.close()
    expect([subject, text].map(steers)).toEqual([false, false])
    expect(text).toMatch(/^ {2}2025-11-20 10:00 {2}.*\\x9b31mRED \\u202eEVIL =HYPERLINK.*$/m)
  })

  it('is in the page, and steers and runs nothing', () => {
    const { status, stdout } = precursor(lake, 'report', session, '--output', '-')
    expect({ status, steers: steers(stdout) }).toEqual({ status: 0, steers: false })
    expect(stdout).toContain('&lt;script&gt;alert(1)')
    expect(stdout).not.toMatch(/<script>alert|<img src=x|href="javascript:/i)
    const file = join(newFolder(), 'report.html')
    precursor(lake, 'report', session, '--output', file)
    expect(steers(readFileSync(file, 'utf8'))).toBe(false)
  })

  it('is in the message of a chat, and commands nothing', async () => {
    const bodies: string[] = []
    const server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      bodies.push(body)
      response.end('ok')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
    try {
      const posted = await precursorBeside(lake, ['watch', session, '--post'], { PRECURSOR_WEBHOOK: address })
      expect(posted).toMatchObject({ status: 0, stdout: `posted the evening of ${session}\n` })
      // Once, unless it is asked for again.
      const post = (...more: string[]) =>
        precursorBeside(lake, ['watch', session, '--post', ...more], { PRECURSOR_WEBHOOK: address })
      expect((await post()).stdout).toMatch(/has been posted: --again posts it once more/)
      expect(bodies).toHaveLength(1)
      expect((await post('--again')).stdout).toBe(posted.stdout)
      expect(bodies).toHaveLength(2)
    } finally {
      server.close()
    }
    const { text } = JSON.parse(bodies[0]!) as { text: string }
    expect(text).toContain('&lt;!channel&gt; &lt;https://evil.example|click&gt;')
    expect(text).not.toMatch(/[<>]|@here|\]\(/)
    expect(steers(text)).toBe(false)
  })
})
