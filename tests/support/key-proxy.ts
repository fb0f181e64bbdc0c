import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** For programs that cannot send a header of their own. */
export type KeyProxy = { url: string; close: () => void }

/** Passes every request on with an API key. Its own address in Host and Origin becomes that of the target. */
export async function startKeyProxy(target: string, key: string): Promise<KeyProxy> {
  const { hostname, port, origin, host } = new URL(target)
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming
    const own = `localhost:${(server.address() as AddressInfo).port}`
    const changed = {
      ...(headers.host === own && { host }),
      ...(headers.origin === `http://${own}` && { origin }),
      authorization: `Bearer ${key}`,
    }
    const passed = request({ hostname, port, method, path, headers: { ...headers, ...changed } }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(outgoing)
    })
    passed.on('error', () => outgoing.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
