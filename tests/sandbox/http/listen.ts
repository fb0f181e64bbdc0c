import type { Server } from 'node:net'
import type { AddressInfo } from 'node:net'

function listenOn(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

const errorCode = (error: unknown) => (error as NodeJS.ErrnoException).code

/**
 * Listens only on both loopback addresses, because `localhost` can be either of them.
 * @param createServer called for each address
 * @param port 0 for any free port
 */
export async function listenOnLoopback(
  createServer: () => Server,
  port: number,
): Promise<{ port: number; close: () => Promise<void> }> {
  const servers = [createServer()]
  const chosen = await listenOn(servers[0]!, '127.0.0.1', port)
  const second = createServer()
  try {
    await listenOn(second, '::1', chosen)
    servers.push(second)
  } catch (error) {
    // A port that is free on 127.0.0.1 may be taken on ::1, and a machine without IPv6 has no ::1.
    if (errorCode(error) === 'EADDRINUSE') {
      await closeAll(servers)
      if (port === 0) return listenOnLoopback(createServer, 0)
      throw error
    }
  }
  return { port: chosen, close: () => closeAll(servers) }
}

async function closeAll(servers: Server[]): Promise<void> {
  await Promise.all(
    servers.map((server) => {
      if ('closeAllConnections' in server) (server as { closeAllConnections(): void }).closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    }),
  )
}
