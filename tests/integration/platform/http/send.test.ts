import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { OutboundRequest } from '@/lib/domain/http-messages'
import type { Network } from '@/lib/platform/http/network'
import { send } from '@/lib/platform/http/send'
import type { RawSendOptions } from '@/lib/platform/http/send-options'
import { SecretBook } from '@/lib/domain/secret-book'
import { anHttpServer, aTcpServer } from '../../../support/servers'

const network: Network = {
  policy: { ranges: [], services: [], loopbackOpen: true, own: [] },
  resolve: async (host) => [host === 'localhost' ? '127.0.0.1' : host],
}

function get(url: string, given: Partial<OutboundRequest> = {}): OutboundRequest {
  return { method: 'GET', url, headers: [], body: null, ...given }
}

function sending(request: OutboundRequest, options: Partial<RawSendOptions> = {}, through = network) {
  return send(request, { timeoutMs: 3_000, secrets: new SecretBook(), ...options }, through)
}

const text = (body: Uint8Array) => Buffer.from(body).toString()

async function refusal(request: OutboundRequest, options: Partial<RawSendOptions> = {}, through = network) {
  const outcome = await sending(request, options, through)
  if (outcome.ok) throw new Error(`answered ${outcome.response.status}`)
  return outcome.error
}

describe('what is sent', () => {
  it('method, path, query, headers and body arrive as built; the response has its timing', async () => {
    const server = await anHttpServer((_request, response) => {
      response.writeHead(201, { 'X-Kept': 'Yes', 'set-cookie': ['a=1', 'b=2'] }).end('{"id":1}')
    })
    const request = get(`${server.url}/orders/a%2Fb?x=1&x=2#part`, {
      method: 'POST',
      headers: [
        ['X-One', 'é'],
        ['X-One', '2'],
      ],
      body: 'hello',
    })
    const outcome = await sending(request)
    expect(server.seen[0]).toMatchObject({ method: 'POST', url: '/orders/a%2Fb?x=1&x=2', body: 'hello' })
    expect(server.seen[0]!.headers).toMatchObject({
      host: `127.0.0.1:${server.port}`,
      'x-one': 'é, 2',
      'user-agent': 'Patchbay',
      'content-length': '5',
    })
    if (!outcome.ok) throw new Error(outcome.error.message)
    expect(outcome.response.status).toBe(201)
    expect(outcome.response.headers).toEqual(
      expect.arrayContaining([
        ['X-Kept', 'Yes'],
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ]),
    )
    expect(text(outcome.response.body)).toBe('{"id":1}')
    expect(outcome).toMatchObject({ finalUrl: `${server.url}/orders/a%2Fb?x=1&x=2`, redirects: [] })
    expect(outcome.timing).toMatchObject({
      dnsMs: expect.any(Number),
      connectMs: expect.any(Number),
      tlsMs: null,
      firstByteMs: expect.any(Number),
    })
  })

  it('bytes are sent as they are', async () => {
    const lengths: number[] = []
    const server = await anHttpServer((_request, response, seen) => {
      lengths.push(Number(seen.headers['content-length']))
      response.end()
    })
    await sending(get(server.url, { method: 'PUT', body: new Uint8Array([0, 255, 10, 13]) }))
    expect(lengths).toEqual([4])
  })

  it.each([
    ['a line break', [['X-A', 'one\r\nX-B: two']]],
    ['a bare line feed', [['X-A', 'one\ntwo']]],
    ['a null', [['X-A', 'one\0two']]],
    ['a character outside Latin-1', [['X-A', 'one\u010a']]],
    ['a line break in the name', [['X-A\r\nX-B', 'one']]],
    ['an empty name', [['', 'one']]],
    ['another Host', [['Host', 'other.example']]],
    ['a length of its own', [['Content-Length', '3']]],
    ['chunking of its own', [['transfer-encoding', 'chunked']]],
  ] as [string, [string, string][]][])('a header with %s is refused and nothing is sent', async (_name, headers) => {
    const server = await anHttpServer((_request, response) => response.end())
    expect((await refusal(get(server.url, { headers }))).code).toBe('invalid_header')
    expect(server.seen).toEqual([])
  })

  it.each([
    ['javascript:alert(1)'],
    ['file:///etc/passwd'],
    ['ftp://example.com/'],
    ['//example.com'],
    ['/orders'],
    [''],
    ['http://user:pass@127.0.0.1/'],
    ['http://exa mple.com/'],
  ])('the URL %s is refused', async (url) => {
    expect((await refusal(get(url))).code).toBe('invalid_url')
  })

  it('two hundred at once all get their responses', async () => {
    const server = await anHttpServer((request, response) => setTimeout(() => response.end(request.url), 20))
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, index) => sending(get(`${server.url}/${index}`))),
    )
    expect(outcomes.map((outcome) => outcome.ok && text(outcome.response.body))).toEqual(
      outcomes.map((_, index) => `/${index}`),
    )
    expect(server.connections()).toBeLessThanOrEqual(128)
  })

  it('a GET succeeds although the server has closed the reused connection in the meantime', async () => {
    let answered = 0
    const server = await aTcpServer((socket) => {
      socket.on('data', () => {
        answered += 1
        // The first request of each connection is answered, the second meets a closing server.
        if (socket.bytesWritten > 0) socket.destroy()
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
      })
    })
    expect((await sending(get(server.url))).ok).toBe(true)
    await pause(10)
    expect((await sending(get(server.url))).ok).toBe(true)
    expect(answered).toBe(3)
  })
})

describe('where it may go', () => {
  it('the caller is asked first, and can prevent the request', async () => {
    const server = await anHttpServer((_request, response) => response.end())
    expect((await refusal(get(server.url), { allowedOrigin: () => false })).code).toBe('host_not_allowed')
    const own = await refusal(get(server.url), {
      allowedOrigin: () => ({ code: 'origin_not_confirmed', message: 'Not confirmed yet.' }),
    })
    expect(own).toEqual({ code: 'origin_not_confirmed', message: 'Not confirmed yet.' })
    expect(server.seen).toEqual([])
  })

  // Shows D3.
  it('the address that was checked is the address that is used: the name is never resolved again', async () => {
    const server = await anHttpServer((_request, response) => response.end('first'))
    let asked = 0
    const rebinding: Network = {
      policy: network.policy,
      resolve: async () => (++asked === 1 ? ['127.0.0.1'] : ['10.0.0.1']),
    }
    const outcome = await sending(get(`http://rebinding.example:${server.port}/`), {}, rebinding)
    expect(outcome.ok).toBe(true)
    expect(server.seen[0]!.headers.host).toBe(`rebinding.example:${server.port}`)
    expect(asked).toBe(1)
  })

  it('a name whose address becomes private between two connections is refused at the second', async () => {
    const server = await anHttpServer((_request, response) => response.end('first'))
    let asked = 0
    const rebinding: Network = {
      policy: network.policy,
      resolve: async () => (++asked === 1 ? ['127.0.0.1'] : ['10.0.0.1']),
    }
    const request = get(`http://rebinding.example:${server.port}/`, { method: 'POST' })
    expect((await sending(request, {}, rebinding)).ok).toBe(true)
    expect((await refusal(request, {}, rebinding)).code).toBe('address_refused')
    expect(server.seen).toHaveLength(1)
  })

  it('connections are not shared between policies', async () => {
    const server = await anHttpServer((_request, response) => response.end())
    await sending(get(server.url))
    const closed: Network = { ...network, policy: { ...network.policy, loopbackOpen: false } }
    expect((await refusal(get(server.url), {}, closed)).code).toBe('address_refused')
  })

  it('the error of a refused address says what it is and which entry would allow it', async () => {
    const error = await refusal(get('http://10.1.2.3/'))
    expect(error.message).toContain('a private network')
    expect(error.message).toContain('10.1.2.3/32')
    expect(error.message).toContain('PATCHBAY_OUTBOUND_ALLOW')
  })
})

describe('what goes wrong', () => {
  it('a name that does not exist', async () => {
    const resolve = async () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
    const error = await refusal(get('http://nowhere.example/'), {}, { ...network, resolve })
    expect(error.code).toBe('dns_failed')
    expect(error.message).toContain('nowhere.example does not exist')
  })

  it('a name service that does not respond: the deadline includes it', async () => {
    const error = await refusal(
      get('http://slow.example/'),
      { timeoutMs: 100 },
      { ...network, resolve: () => new Promise(() => {}) },
    )
    expect(error.code).toBe('timed_out')
    expect(error.message).toContain('was not resolved within 100 ms')
  })

  it('a port where nothing listens', async () => {
    const error = await refusal(get('http://127.0.0.1:1/'))
    expect(error.code).toBe('connection_failed')
    expect(error.message).toContain('refused the connection')
  })

  it('a server that never responds', async () => {
    const server = await aTcpServer(() => {})
    const startedAt = Date.now()
    const error = await refusal(get(server.url), { timeoutMs: 200 })
    expect(error.code).toBe('timed_out')
    expect(error.message).toContain('did not respond within 200 ms')
    expect(Date.now() - startedAt).toBeLessThan(1_500)
  })

  it('a server that drips its headers, or its body, cannot outlast the deadline', async () => {
    const drip = (start: string) =>
      aTcpServer((socket) => {
        socket.write(start)
        const timer = setInterval(() => socket.write('x'), 20)
        socket.on('close', () => clearInterval(timer))
      })
    const headers = await drip('HTTP/1.1 200 OK\r\nX-Long: ')
    expect((await refusal(get(headers.url), { timeoutMs: 200 })).code).toBe('timed_out')
    const body = await drip('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n')
    const error = await refusal(get(body.url), { timeoutMs: 200 })
    expect(error.code).toBe('timed_out')
    expect(error.message).toContain('began to respond but did not finish')
  })

  it('a server that closes without a response, or in the middle of it', async () => {
    const silent = await aTcpServer((socket) => void socket.once('data', () => socket.end()))
    expect((await refusal(get(silent.url))).code).toBe('connection_failed')
    const half = await aTcpServer(
      (socket) => void socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf')),
    )
    expect((await refusal(get(half.url))).code).toBe('connection_failed')
  })

  it('a response that is not HTTP', async () => {
    const server = await aTcpServer(
      (socket) => void socket.once('data', () => socket.end('220 mail.example ESMTP\r\n')),
    )
    expect((await refusal(get(server.url))).code).toBe('invalid_answer')
  })

  it('headers without end', async () => {
    const server = await aTcpServer(
      (socket) =>
        void socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(200_000)}\r\n\r\n`)),
    )
    expect((await refusal(get(server.url))).code).toBe('invalid_answer')
  })

  it('a caller that gives up', async () => {
    const server = await aTcpServer(() => {})
    const error = await refusal(get(server.url), { signal: AbortSignal.timeout(50) })
    expect(error.message).toContain('was stopped')
  })

  it('our own words in a message are never redacted', async () => {
    const error = await refusal(get('http://127.0.0.1:1/'), { secrets: SecretBook.of('refused', 'connection') })
    expect(error.message).toContain('refused the connection')
  })

  it('a host that is a secret as a whole is redacted', async () => {
    const unresolved = {
      ...network,
      resolve: () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })),
    }
    const error = await refusal(get('http://sesame/'), { secrets: SecretBook.of('sesame') }, unresolved)
    expect(error.message).toBe('The name •••••• does not exist. Check the spelling of the host in the URL.')
  })

  it('no message contains a secret, wherever it was', async () => {
    const error = await refusal(
      get('http://s3cret-token.example/'),
      { secrets: SecretBook.of('s3cret-token') },
      { ...network, resolve: async () => ['10.0.0.1'] },
    )
    expect(error.message).not.toContain('s3cret-token')
  })
})

describe('the size of a response', () => {
  it('50 MB are not read', async () => {
    let closed = false
    const server = await anHttpServer((_request, response) => {
      response.on('close', () => (closed = true))
      const chunk = Buffer.alloc(1_048_576, 'a')
      let left = 50
      const more = () => {
        while (left-- > 0) if (!response.write(chunk)) return void response.once('drain', more)
        response.end()
      }
      more()
    })
    const error = await refusal(get(server.url))
    expect(error.code).toBe('answer_too_large')
    expect(error.message).toContain('10 MiB')
    await expect.poll(() => closed).toBe(true)
  })

  it('the limit itself is still read, one byte more is not', async () => {
    const server = await anHttpServer((request, response) => response.end('x'.repeat(Number(request.url!.slice(1)))))
    expect((await sending(get(`${server.url}/1000`), { maxResponseBytes: 1000 })).ok).toBe(true)
    expect((await refusal(get(`${server.url}/1001`), { maxResponseBytes: 1000 })).code).toBe('answer_too_large')
  })

  const encodings: [string, (plain: Buffer) => Buffer][] = [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['gzip, br', (plain) => brotliCompressSync(gzipSync(plain))],
  ]

  it.each(encodings)('%s is unpacked', async (encoding, pack) => {
    const server = await anHttpServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(pack(Buffer.from('plain '.repeat(1000)))),
    )
    const outcome = await sending(get(server.url))
    expect(outcome.ok && text(outcome.response.body)).toBe('plain '.repeat(1000))
  })

  it.each(encodings)('%s that unpacks to more than the limit ends there', async (encoding, pack) => {
    const bomb = pack(Buffer.alloc(30_000_000))
    expect(bomb.length).toBeLessThan(100_000)
    const server = await anHttpServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bomb),
    )
    expect((await refusal(get(server.url))).code).toBe('answer_too_large')
  })

  it('an empty compressed body is an empty response', async () => {
    const server = await anHttpServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(),
    )
    expect((await sending(get(server.url))).ok).toBe(true)
    expect((await sending(get(server.url, { method: 'HEAD' }))).ok).toBe(true)
  })

  it.each([['gzip'], ['br'], ['zstd'], ['compress'], ['gzip, gzip, gzip']])(
    '%s that is invalid or not supported is an invalid response',
    async (encoding) => {
      const server = await anHttpServer((_request, response) =>
        response.writeHead(200, { 'content-encoding': encoding }).end('not compressed at all'),
      )
      expect((await refusal(get(server.url))).code).toBe('invalid_answer')
    },
  )
})
