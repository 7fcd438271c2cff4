/** A local server that stands for the sources: recorded payloads where there are any, else the sample's answers. */
import { createServer } from 'node:http'
import { sampleNetwork } from '../../samples/answers/index.ts'
import { hasShared, sharedBytes } from '../support/shared-folder.ts'

const recorded: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
  [/cdn\.cboe\.com\/.*\/(\w+_History\.csv)$/, ([, name]) => `data/cboe/${name}`],
  [/squeezemetrics\.com\/.*\/DIX\.csv$/, () => 'data/gamma/DIX.csv'],
  [/data\.sec\.gov\/submissions\/CIK0001318605\.json$/, () => 'data/sec/submissions_CIK0001318605.json'],
  [/companyfacts\/CIK0001045810\.json$/, () => 'data/sec/companyfacts_CIK0001045810_subset.json'],
  [/holdings-daily-us-en-spy\.xlsx$/, () => 'data/etf/holdings-daily-us-en-spy_asof_2026-04-10.xlsx'],
]

type Answers = Readonly<Record<string, { readonly status: number; readonly body: string }>>

export interface Replay {
  /** What was asked, in order. */
  readonly asked: string[]
  /** Gives other answers to addresses with these texts in them, and to no others. */
  breakWith(answers: Answers): void
  close(): void
}

/** `now` is the instant at which the sample answers. */
export const startReplay = async (port: number, now: () => Date): Promise<Replay> => {
  const sample = sampleNetwork(now)
  const asked: string[] = []
  let broken: Answers = {}
  const answer = async (url: string): Promise<{ status: number; body: Uint8Array | string }> => {
    asked.push(url)
    const other = Object.entries(broken).find(([text]) => url.includes(text))
    if (other) return other[1]
    for (const [pattern, file] of recorded) {
      const found = pattern.exec(url)
      if (found && hasShared) return { status: 200, body: sharedBytes(file(found)) }
    }
    return sample({ url, hosts: [], maxBytes: 0, rate: { requests: 1, seconds: 1 } })
  }
  const server = createServer(async (request, response) => {
    try {
      const { status, body } = await answer(String(request.headers['x-replayed-url']))
      response.writeHead(status).end(body)
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    asked,
    breakWith: (answers) => {
      broken = answers
    },
    close: () => server.close(),
  }
}
