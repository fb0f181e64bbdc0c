import { setTimeout as pause } from 'node:timers/promises'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { Network } from '@/lib/platform/http/network'
import type { RawSendOptions } from '@/lib/platform/http/send-options'
import { sendRaw } from '@/lib/platform/http/send-raw'
import { SecretBook } from '@/lib/domain/secret-book'
import { anHttpServer } from '@/tests/support/servers'

/** The answer as it comes from the connection (DATA §13). */

const network: Network = {
  policy: { ranges: [], services: [], loopbackOpen: true, own: [] },
  resolve: async (host) => [host],
}

async function answered(url: string, options: Partial<RawSendOptions> = {}) {
  const outcome = await sending(url, options)
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome
}

const sending = (url: string, options: Partial<RawSendOptions> = {}) =>
  sendRaw(
    { method: 'GET', url, headers: [], body: null },
    { timeoutMs: 3_000, secrets: new SecretBook(), ...options },
    network,
  )

describe('the body', () => {
  test('is passed on byte for byte, with its encoding and headers', async () => {
    const packed = gzipSync('{"orders":[]}')
    const { url } = await anHttpServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'X-Kept': 'Yes' }).end(packed)
    })
    const { headers, body } = await answered(url)
    expect(await buffer(body)).toEqual(packed)
    expect(headers).toContainEqual(['content-encoding', 'gzip'])
    expect(headers).toContainEqual(['X-Kept', 'Yes'])
  })

  test('is streamed as the server sends it, before the response is complete', async () => {
    const { url } = await anHttpServer(async (_request, response) => {
      response.write('first')
      await pause(200)
      response.end('second')
    })
    const { body, received } = await answered(url)
    const chunks: string[] = []
    for await (const chunk of body) chunks.push(String(chunk))
    expect(chunks).toEqual(['first', 'second'])
    expect(received.bytes).toBe(11)
  })

  test('makes the server wait while nobody reads', async () => {
    let sent = 0
    const { url } = await anHttpServer((_request, response) => {
      const chunk = Buffer.alloc(64 * 1024)
      const write = () => {
        while (sent < 500) {
          sent += 1
          if (!response.write(chunk)) return void response.once('drain', write)
        }
        response.end()
      }
      write()
    })
    const { body } = await answered(url, { maxResponseBytes: 100 * 1024 * 1024, timeoutMs: 30_000 })
    await pause(300)
    expect(sent).toBeLessThan(400)
    await buffer(body)
    expect(sent).toBe(500)
  })

  test('ends with a failure at the limit that the caller set', async () => {
    const { url } = await anHttpServer((_request, response) => response.end('x'.repeat(2_000)))
    const { body, explain } = await answered(url, { maxResponseBytes: 1_000 })
    const error: unknown = await buffer(body).catch((failure: unknown) => failure)
    expect(explain(error)).toMatchObject({ code: 'answer_too_large' })
  })

  test('ends with a failure at the deadline', async () => {
    const { url } = await anHttpServer((_request, response) => response.write('first'))
    const { body, explain } = await answered(url, { timeoutMs: 200 })
    const error: unknown = await buffer(body).catch((failure: unknown) => failure)
    expect(explain(error)).toMatchObject({ code: 'timed_out' })
  })

  test('that is never read closes the connection', async () => {
    let closed = false
    const { url } = await anHttpServer((request, response) => {
      request.socket.on('close', () => (closed = true))
      response.write('first')
    })
    const { body } = await answered(url)
    body.destroy()
    await expect.poll(() => closed).toBe(true)
  })

  test('stops when the caller gives up', async () => {
    const { url } = await anHttpServer((_request, response) => response.write('first'))
    const caller = new AbortController()
    const { body, explain } = await answered(url, { signal: caller.signal })
    setTimeout(() => caller.abort(), 50)
    const error: unknown = await buffer(body).catch((failure: unknown) => failure)
    expect(explain(error).message).toContain('stopped')
  })
})

describe('clearance', () => {
  test('is asked before each request that is sent, also after a redirect', async () => {
    const { url, seen } = await anHttpServer((request, response) =>
      request.url === '/old' ? response.writeHead(302, { location: '/new' }).end() : response.end('ok'),
    )
    const asked: number[] = []
    await answered(`${url}/old`, {
      clearance: async () => {
        asked.push(seen.length)
        return succeed(null)
      },
    })
    // On a slow connection it is asked again.
    expect([...new Set(asked)]).toEqual([0, 1])
  })

  test('that is refused prevents the request', async () => {
    const { url, seen } = await anHttpServer((_request, response) => response.end('ok'))
    const outcome = await sending(url, { clearance: async () => refuse('not_allowed', 'No longer.') })
    expect(outcome).toMatchObject({ ok: false, delivery: 'withheld', error: { code: 'not_allowed' } })
    expect(seen).toEqual([])
  })

  test('is asked again if opening the connection took longer than it is valid', async () => {
    const { url, seen, connections } = await anHttpServer((_request, response) => response.end('ok'))
    const slow: Network = {
      ...network,
      resolve: async (host) => {
        await pause(150)
        return [host]
      },
    }
    let asked = 0
    const clearance = async (): Promise<Result<null>> => {
      asked += 1
      return succeed(null)
    }
    const request = { method: 'POST' as const, url, headers: [], body: 'once' }
    expect((await sendRaw(request, { timeoutMs: 3_000, secrets: new SecretBook(), clearance }, slow)).ok).toBe(true)
    expect(asked).toBe(2)
    expect(connections()).toBe(1)
    expect(seen).toHaveLength(1)
  })
})
