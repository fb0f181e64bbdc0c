import { createServer } from 'node:http'

/**
 * The third party of `npm run bench -- calls`: responds to everything with a small JSON text, in a separate process.
 */

const orders = Array.from({ length: 20 }, (_, index) => ({ id: index, number: `A-${1000 + index}`, total: 12.5 }))
const body = JSON.stringify({ orders })

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume()
  response.setHeader('content-type', 'application/json')
  response.setHeader('content-length', Buffer.byteLength(body))
  response.end(body)
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port))
