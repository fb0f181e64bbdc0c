import { createServer } from 'node:http'
import { pipeline } from 'node:stream'
import { Agent, request } from 'undici'

/** A proxy of 30 lines that only passes requests on with a credential: no check, no limit, no log. */

const target = process.argv[2]!
const dispatcher = new Agent({ connections: 128 })
const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding'])

const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
  request(target + incoming.url, {
    dispatcher,
    method: incoming.method as 'GET',
    headers: { accept: '*/*', authorization: 'Basic ZGFuYTpjb3JyZWN0LWhvcnNl' },
    body: incoming.method === 'GET' ? null : incoming,
  }).then(
    ({ statusCode, headers, body }) => {
      for (const [name, value] of Object.entries(headers))
        if (value !== undefined && !hopByHop.has(name)) outgoing.setHeader(name, value)
      outgoing.writeHead(statusCode)
      pipeline(body, outgoing, () => {})
    },
    () => outgoing.writeHead(502).end(),
  )
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port))
