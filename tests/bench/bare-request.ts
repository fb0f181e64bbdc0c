import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { Agent, request } from 'undici'

/**
 * Responds to everything with a small JSON text. A separate process, so that its work is not counted with the client's.
 */
const server = `
  const http = require('node:http')
  const answer = (request, response) => { request.resume(); response.setHeader('content-type', 'application/json'); response.end('{"orders":[]}') }
  const listening = http.createServer(answer).listen(0, '127.0.0.1', () => console.log(listening.address().port))
`

/** The cheapest possible request: undici, one connection, a local server, and no checks. */
export async function bareRequests(): Promise<{ send: () => Promise<void>; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, ['-e', server], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = await new Promise<string[]>((resolve) =>
    createInterface({ input: child.stdout }).once('line', (line) => resolve([line])),
  )
  const dispatcher = new Agent({ connections: 1 })
  const url = `http://127.0.0.1:${port}/orders?limit=50`
  return {
    send: async () => {
      const { body } = await request(url, { dispatcher })
      await body.text()
    },
    stop: async () => {
      child.kill()
      await dispatcher.close()
    },
  }
}
