import { createServer, type ServerResponse } from 'node:http'

/**
 * The third party of `npm run bench -- calls` and `-- api`, in a separate process: responds to everything with a small
 * JSON text, and to `/large/{bytes}` with that many bytes.
 */

const orders = Array.from({ length: 20 }, (_, index) => ({ id: index, number: `A-${1000 + index}`, total: 12.5 }))
const body = JSON.stringify({ orders })

const piece = Buffer.alloc(64 * 1024, 'x')

function sendLarge(response: ServerResponse, bytes: number): void {
  let left = bytes
  response.setHeader('content-length', bytes)
  const more = () => {
    while (left > 0) {
      const next = left < piece.length ? piece.subarray(0, left) : piece
      left -= next.length
      if (!response.write(next)) return void response.once('drain', more)
    }
    response.end()
  }
  more()
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const [, bytes] = /^\/large\/(\d+)$/.exec(request.url!) ?? []
  if (bytes !== undefined) return sendLarge(response, Number(bytes))
  if (Number(request.headers['content-length']) > 1_000_000) {
    request.resume()
    return void request.once('end', () => response.end('received'))
  }
  request.resume()
  response.setHeader('content-type', 'application/json')
  response.setHeader('content-length', Buffer.byteLength(body))
  response.end(body)
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port))
