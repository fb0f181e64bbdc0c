import { createServer as createHttp, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createHttps, type ServerOptions } from 'node:https'
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** Small local servers that end with their test. */

export type Seen = { method: string; url: string; headers: IncomingMessage['headers']; body: string }
export type TestServer = { port: number; url: string; seen: Seen[]; connections: () => number }

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))
}

async function start(server: Server, scheme: string, seen: Seen[]): Promise<TestServer> {
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket: Socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const port = await listening(server)
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port, url: `${scheme}://127.0.0.1:${port}`, seen, connections: () => connections }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

type Answer = (request: IncomingMessage, response: ServerResponse, seen: Seen) => unknown

function listener(seen: Seen[], answer: Answer): RequestListener {
  const handle = async (...[request, response]: Parameters<RequestListener>) => {
    const entry = { method: request.method!, url: request.url!, headers: request.headers, body: await bodyOf(request) }
    seen.push(entry)
    await answer(request, response, entry)
  }
  return (request, response) => void handle(request, response)
}

export function anHttpServer(answer: Answer): Promise<TestServer> {
  const seen: Seen[] = []
  return start(createHttp(listener(seen, answer)), 'http', seen)
}

export function anHttpsServer(options: ServerOptions, answer: Answer): Promise<TestServer> {
  const seen: Seen[] = []
  return start(createHttps(options, listener(seen, answer)), 'https', seen)
}

export function aTcpServer(talk: (socket: Socket) => void): Promise<TestServer> {
  return start(
    createTcp((socket) => {
      socket.on('error', () => {})
      talk(socket)
    }),
    'http',
    [],
  )
}
