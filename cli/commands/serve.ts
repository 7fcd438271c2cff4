/** `precursor serve` and `precursor mcp`: the lake over HTTP, and for assistants. */
import { randomBytes } from 'node:crypto'
import { createMcpHandler } from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { type Command, InvalidArgumentError } from 'commander'
import { listen } from '../../adapters/listen.ts'
import { UsageError } from '../../core/errors.ts'
import { type Desk, openDesk } from '../desk/desk.ts'
import { defaultLimits, type Limits } from '../desk/limits.ts'
import { mcpServer } from '../mcp/server.ts'
import { say, tell } from '../output.ts'
import { serveApp } from '../serve/app.ts'
import { siteFiles } from '../serve/site.ts'
import { type GlobalOptions, optionsOf, readUniverse, withPlatform } from '../session.ts'
import { untilStopped } from '../stop.ts'
import { commandNamed } from './list.ts'

interface ServeOptions {
  readonly port: number
  readonly host: string
  readonly rows: number
  readonly seconds: number
  readonly bytes: number
}

const count = (text: string): number => {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError('expected a number')
  return Number(text)
}

const positive = (text: string): number => {
  if (!/^[1-9]\d{0,11}$/.test(text)) throw new InvalidArgumentError('expected a number from 1 on')
  return Number(text)
}

const withLimits = (command: Command): Command =>
  command
    .option('--rows <count>', 'most rows of an answer', positive, defaultLimits.rows)
    .option('--bytes <count>', 'most bytes of an answer', positive, defaultLimits.bytes)
    .option('--seconds <count>', 'most seconds of a statement', positive, defaultLimits.seconds)

const withDesk = (options: GlobalOptions, limits: Partial<Limits>, work: (desk: Desk) => Promise<void>) =>
  withPlatform(
    options,
    async (platform) => {
      const { rows, bytes, seconds } = { ...defaultLimits, ...limits }
      const memory = process.env.PRECURSOR_MEMORY ?? defaultLimits.memory
      const desk = openDesk(platform, await readUniverse(platform, options), { rows, bytes, seconds, memory })
      try {
        await work(desk)
      } finally {
        await desk.close()
      }
    },
    { need: 'present' },
  )

const loopback = ['127.0.0.1', 'localhost', '::1']

/** The names of this machine by which a server on a loopback address is asked. */
const hostNames = ['127.0.0.1', 'localhost', '[::1]']

const refuseOthers = (host: string): void => {
  if (!loopback.includes(host))
    throw new UsageError(
      `--host ${host}: the server has no accounts, so that it answers this machine only: ${loopback.join(', ')}`,
    )
}

export const serveCommand = () =>
  withLimits(commandNamed('serve'))
    .option('--port <number>', 'port; 0 is any that is free', count, 7411)
    .option('--host <address>', 'address of this machine', '127.0.0.1')
    .addHelpText(
      'after',
      `
The server answers this machine only, and only reads. / is a page for queries with a chart, /site the site of all evenings, and
/openapi.json describes the interface. Assistants find the Model Context Protocol under /mcp. With --aws, Athena answers
queries of today.

A statement that exceeds a limit is stopped: --rows, --bytes, --seconds, and PRECURSOR_MEMORY for the memory of the engine.
--seconds does not count the opening of the lake. Some functions of the engine cannot be interrupted while they compute one value: a
statement with such a function is ended one to three seconds after the limit.

Examples:
  precursor serve
  precursor serve --port 8080 --seconds 10`,
    )
    .action((given: ServeOptions, command: Command) => {
      refuseOthers(given.host)
      return withDesk(optionsOf(command), given, async (desk) => {
        const handler = createMcpHandler(() => mcpServer(desk))
        const app = serveApp(desk, {
          hosts: hostNames,
          site: siteFiles(),
          nonce: () => randomBytes(16).toString('base64'),
          mcp: (request) => handler.fetch(request),
        })
        const server = await listen((request) => app.fetch(request), given)
        say(`http://${given.host.includes(':') ? `[${given.host}]` : given.host}:${server.port}/ (Ctrl-C ends it)\n`)
        await untilStopped()
        await handler.close()
        await server.close()
      })
    })

export const mcpCommand = () =>
  withLimits(commandNamed('mcp'))
    .addHelpText(
      'after',
      `
An assistant starts this command and talks to it by standard input and output. It can only read. \`precursor serve\` offers the
same over HTTP under /mcp. With --aws, Athena answers queries of today.

Examples:
  precursor mcp
  precursor --lake sample-lake mcp --seconds 10`,
    )
    .action((given: ServeOptions, command: Command) =>
      withDesk(optionsOf(command), given, async (desk) => {
        const handle = serveStdio(() => mcpServer(desk))
        tell('precursor mcp: waiting for an assistant on standard input\n')
        const ended = new Promise<void>((resolve) => process.stdin.once('end', resolve).once('close', resolve))
        await Promise.race([ended, untilStopped()])
        await handle.close()
      }),
    )
