import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { handleCall } from '@/lib/api/call/handle-call'

/** A server that answers calls as that of the app does, in the process of the test. */
export async function aCallServer(): Promise<{ url: string }> {
  const server = createServer((request, response) => {
    void handleCall(request, response).then((answered) => {
      if (!answered) response.writeHead(404).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
