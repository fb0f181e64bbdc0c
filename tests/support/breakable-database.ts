import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export type BreakableDatabase = {
  /** The database's URL through this proxy. */
  url: string
  /** Behaves as if the database's machine were off: nothing listens, and connections are closed. */
  break: () => Promise<void>
  mend: () => Promise<void>
}

/** A proxy to a database that can be cut off, without stopping the server that other tests use. */
export async function breakableDatabase(databaseUrl: string): Promise<BreakableDatabase> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const onwards = connect(Number(target.port || 5432), target.hostname)
    for (const [one, other] of [
      [socket, onwards],
      [onwards, socket],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy()).on('close', () => (sockets.delete(one), other.destroy()))
    }
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    url: Object.assign(new URL(databaseUrl), { hostname: '127.0.0.1', port: String(port) }).href,
    break: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
    mend: () => listen(port),
  }
}
