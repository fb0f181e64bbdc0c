import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import type { Network } from '@/lib/platform/http/network'
import { send } from '@/lib/platform/http/send'
import { SecretBook } from '@/lib/domain/secret-book'
import { anHttpServer, aTcpServer } from '@/tests/support/servers'

/** Which connections are used again, and what is known of a request whose connection closes (DATA §13). */

const network: Network = {
  policy: { ranges: [], services: [], loopbackOpen: true, own: [] },
  resolve: async (host) => [host],
}

const sending = (url: string, method: HttpMethod) =>
  send(
    { method, url, headers: [], body: method === 'GET' ? null : 'body' },
    { timeoutMs: 3_000, secrets: new SecretBook() },
    network,
  )

/** Speaks plain HTTP/1.1 and decides for each request, by its number on all connections, what becomes of the socket. */
function aServer(answer: (socket: Socket, number: number) => void, keepAlive = '') {
  const received: string[] = []
  const server = aTcpServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => {
      received.push(String(data).split(' ')[0]!)
      answer(socket, received.length)
    })
  })
  const ok = (socket: Socket) => socket.write(`HTTP/1.1 200 OK\r\n${keepAlive}content-length: 2\r\n\r\nok`)
  return { server, received, ok }
}

describe('a connection is used again', () => {
  test.each(['GET', 'PUT', 'POST', 'PATCH'] as const)('for %s right after a response', async (method) => {
    const server = await anHttpServer((_request, response) => response.end('ok'))
    for (let number = 0; number < 3; number += 1) {
      expect((await sending(server.url, method)).ok).toBe(true)
      // The pool hears a moment later than we do that the connection is free.
      await pause(10)
    }
    expect(server.connections()).toBe(1)
  })

  test('for GET, but not for POST, when it was idle for more than a second', async () => {
    const { server, ok } = aServer((socket) => ok(socket))
    const { url, connections } = await server
    await sending(url, 'GET')
    await pause(1_100)
    await sending(url, 'GET')
    expect(connections()).toBe(1)
    await pause(1_100)
    await sending(url, 'POST')
    expect(connections()).toBe(2)
  })

  test('for POST within half the time that the server announced', async () => {
    const { server, ok } = aServer((socket) => ok(socket), 'keep-alive: timeout=4\r\n')
    const { url, connections } = await server
    await sending(url, 'POST')
    await pause(1_300)
    await sending(url, 'POST')
    expect(connections()).toBe(1)
    await pause(2_100)
    await sending(url, 'POST')
    expect(connections()).toBe(2)
  })
})

describe('a server that closes idle connections', () => {
  test.each([0, 1, 5, 20])('%i ms after its response gets each POST once, on a fresh connection', async (afterMs) => {
    const { server, received, ok } = aServer((socket) => {
      ok(socket)
      setTimeout(() => socket.end(), afterMs)
    })
    const { url } = await server
    const outcomes = []
    for (let number = 0; number < 10; number += 1) {
      outcomes.push(await sending(url, 'POST'))
      await pause(afterMs + 10)
    }
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true)
    expect(received).toHaveLength(10)
  })

  test('at the very moment of the next POST: it is never sent twice, and its outcome is unknown if it was written', async () => {
    const { server, received, ok } = aServer((socket) => {
      ok(socket)
      setImmediate(() => socket.destroy())
    })
    const { url } = await server
    const outcomes = []
    for (let number = 0; number < 50; number += 1) outcomes.push(await sending(url, 'POST'))
    const lost = outcomes.filter((outcome) => !outcome.ok)
    expect(lost.every((outcome) => outcome.delivery === 'unknown')).toBe(true)
    expect(received.length).toBeLessThanOrEqual(50)
    expect(received.length).toBeGreaterThanOrEqual(50 - lost.length)
  })
})

describe('a connection that closes without a response', () => {
  test('leaves a POST unknown, and does not send it again', async () => {
    const { server, received, ok } = aServer((socket, number) => (number === 1 ? ok(socket) : socket.destroy()))
    const { url } = await server
    await sending(url, 'POST')
    await pause(10)
    expect(await sending(url, 'POST')).toMatchObject({
      ok: false,
      delivery: 'unknown',
      error: { code: 'connection_failed' },
    })
    expect(received).toEqual(['POST', 'POST'])
  })

  test('lets a GET be sent again over a new connection if a reused one was closed', async () => {
    const { server, received, ok } = aServer((socket, number) => (number === 2 ? socket.destroy() : ok(socket)))
    const { url } = await server
    await sending(url, 'GET')
    await pause(10)
    expect((await sending(url, 'GET')).ok).toBe(true)
    expect(received).toEqual(['GET', 'GET', 'GET'])
  })
})

test('if no connection can be opened, the request was not sent', async () => {
  const { port } = await anHttpServer(() => {})
  const closed = `http://127.0.0.2:${port}`
  expect(await sending(closed, 'POST')).toMatchObject({ ok: false, delivery: 'not_sent' })
})
