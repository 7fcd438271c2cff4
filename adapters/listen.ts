/** Serves HTTP on an address of this machine. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { UsageError } from '../core/errors.ts'

export interface Listening {
  readonly port: number
  close(): Promise<void>
}

/** Starts to listen. Port 0 is any that is free. */
export const listen = (
  answer: (request: Request) => Response | Promise<Response>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const server: Server = createServer(getRequestListener(answer))
    server.requestTimeout = 60_000
    server.maxRequestsPerSocket = 1000
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new UsageError(`port ${port} of ${host} is in use: choose another with --port, or end what listens there`)
          : error,
      ),
    )
    server.listen(port, host, () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((done) => {
            server.close(() => done())
            server.closeAllConnections()
          }),
      }),
    )
  })
