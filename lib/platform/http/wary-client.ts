import { Client, Pool, type buildConnector, type Dispatcher } from 'undici'
import { isRepeatable } from './repeatable'

/**
 * A request that must not be sent twice uses an idle connection only if the server has probably not closed it: idle for
 * less than a second, or for less than half the time that the server announced (DATA §13, RFC 9112 §9.3.1).
 */

const shortIdleMs = 1_000

type Connection = { socket: { destroy: () => void } | null; idleSince: number; announcedMs: number }

export type PoolOptions = Omit<Pool.Options, 'connect' | 'factory'> & { connect: buildConnector.connector }

export function waryPool(origin: string | URL, options: PoolOptions): Pool {
  return new Pool(origin, {
    ...options,
    factory: (address, given) => waryClient(address, given as PoolOptions),
  })
}

function waryClient(origin: URL, options: PoolOptions): Client {
  const connection: Connection = { socket: null, idleSince: 0, announcedMs: 0 }
  const client = new Client(origin, {
    ...options,
    connect: (target, done) =>
      options.connect(target, (...[error, socket]: buildConnector.CallbackArgs) => {
        Object.assign(connection, { socket, idleSince: performance.now(), announcedMs: 0 })
        if (error) done(error, null)
        else done(null, socket)
      }),
  })
  const dispatch = client.dispatch.bind(client)
  client.dispatch = (request, handler) => {
    // The pool notices the closed connection before it writes, and opens another.
    if (!isRepeatable(request.method) && isDoubtful(connection)) connection.socket?.destroy()
    return dispatch(request, watching(connection, handler))
  }
  return client
}

function isDoubtful({ idleSince, announcedMs }: Connection): boolean {
  return performance.now() - idleSince >= Math.max(shortIdleMs, announcedMs / 2)
}

function watching(connection: Connection, handler: Dispatcher.DispatchHandler): Dispatcher.DispatchHandler {
  const idle = () => (connection.idleSince = performance.now())
  return {
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onResponseStart: (controller, status, headers, message) => {
      const [, seconds] = /(?:^|[,;\s])timeout=(\d+)/i.exec(String(headers['keep-alive'] ?? '')) ?? []
      connection.announcedMs = Number(seconds ?? 0) * 1_000
      handler.onResponseStart?.(controller, status, headers, message)
    },
    onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
    onResponseEnd: (controller, trailers) => {
      idle()
      handler.onResponseEnd?.(controller, trailers)
    },
    onResponseError: (controller, error) => {
      idle()
      handler.onResponseError?.(controller, error)
    },
  }
}
