import { describe, expect, it } from 'vitest'
import type { OutboundRequest } from '@/lib/domain/http-messages'
import type { Network } from '@/lib/platform/http/network'
import { send } from '@/lib/platform/http/send'
import type { RawSendOptions } from '@/lib/platform/http/send-options'
import { SecretBook } from '@/lib/domain/secret-book'
import { anHttpServer, type TestServer } from '../../../support/servers'

const network: Network = {
  policy: { ranges: [], services: [], loopbackOpen: true, own: [] },
  resolve: async () => ['127.0.0.1'],
}

function sending(request: Partial<OutboundRequest> & { url: string }, options: Partial<RawSendOptions> = {}) {
  return send(
    { method: 'GET', headers: [], body: null, ...request },
    { timeoutMs: 3_000, secrets: new SecretBook(), ...options },
    network,
  )
}

/** Answers /to/<status>?<url> with that redirect and everything else with 200. */
function aServer(): Promise<TestServer> {
  return anHttpServer((request, response) => {
    const match = /^\/to\/(\d+)\?(.*)$/.exec(request.url!)
    if (match) response.writeHead(Number(match[1]), { location: decodeURIComponent(match[2]!) })
    response.end('here')
  })
}

const redirect = (server: TestServer, status: number, target: string) =>
  `${server.url}/to/${status}?${encodeURIComponent(target)}`

describe('the request that follows a redirect (RFC 9110 §15.4)', () => {
  it.each([
    [301, 'GET', 'GET', false],
    [301, 'POST', 'GET', false],
    [302, 'POST', 'GET', false],
    [301, 'PUT', 'PUT', true],
    [302, 'DELETE', 'DELETE', true],
    [303, 'POST', 'GET', false],
    [303, 'PUT', 'GET', false],
    [303, 'HEAD', 'HEAD', false],
    [307, 'POST', 'POST', true],
    [308, 'PATCH', 'PATCH', true],
  ] as const)('%i turns %s into %s', async (status, method, after, keepsBody) => {
    const server = await aServer()
    const body = method === 'GET' || method === 'HEAD' ? null : 'body'
    const headers: [string, string][] = body
      ? [
          ['Content-Type', 'text/plain'],
          ['Accept', 'text/x'],
        ]
      : []
    const outcome = await sending({ url: redirect(server, status, '/end'), method, body, headers })
    expect(outcome).toMatchObject({ ok: true, finalUrl: `${server.url}/end`, redirects: [`${server.url}/end`] })
    expect(server.seen[1]).toMatchObject({ method: after, url: '/end', body: keepsBody ? 'body' : '' })
    expect(server.seen[1]!.headers['content-type']).toBe(keepsBody ? 'text/plain' : undefined)
    if (body) expect(server.seen[1]!.headers.accept).toBe('text/x')
  })

  it('a redirect without a target, and 304, are returned as responses', async () => {
    const server = await anHttpServer((request, response) => response.writeHead(Number(request.url!.slice(1))).end())
    for (const status of [302, 304, 300])
      expect(await sending({ url: `${server.url}/${status}` })).toMatchObject({ ok: true, response: { status } })
  })

  it('on the same origin, credentials and body are sent too', async () => {
    const server = await aServer()
    await sending(
      {
        url: redirect(server, 308, '/end?key=k'),
        method: 'POST',
        body: 'b',
        headers: [
          ['Authorization', 'Bearer t'],
          ['X-Key', 'k'],
        ],
      },
      { credentialNames: { headers: ['X-Key'], queryKeys: ['key'] } },
    )
    expect(server.seen[1]).toMatchObject({
      url: '/end?key=k',
      body: 'b',
      headers: { authorization: 'Bearer t', 'x-key': 'k' },
    })
  })

  it('five redirects are followed, the sixth is not', async () => {
    const server = await anHttpServer((request, response) => {
      const left = Number(request.url!.slice(1))
      if (left > 0) response.writeHead(302, { location: `/${left - 1}` })
      response.end()
    })
    expect(await sending({ url: `${server.url}/5` })).toMatchObject({ ok: true, finalUrl: `${server.url}/0` })
    expect(await sending({ url: `${server.url}/6` })).toMatchObject({
      ok: false,
      error: { code: 'too_many_redirects' },
    })
  })

  it('a loop ends', async () => {
    const server = await anHttpServer((_request, response) => response.writeHead(302, { location: '/' }).end())
    expect(await sending({ url: server.url })).toMatchObject({ ok: false, error: { code: 'too_many_redirects' } })
    expect(server.seen).toHaveLength(6)
  })

  it('the deadline covers all of them together', async () => {
    const server = await anHttpServer((_request, response) =>
      setTimeout(() => response.writeHead(302, { location: '/' }).end(), 80),
    )
    expect(await sending({ url: server.url }, { timeoutMs: 200 })).toMatchObject({
      ok: false,
      error: { code: 'timed_out' },
    })
  })
})

describe('the policy applies to each redirect', () => {
  it.each([
    ['http://10.0.0.1/'],
    ['http://169.254.169.254/latest/meta-data/'],
    ['http://[::ffff:10.0.0.1]/'],
    ['http://0x0a000001/'],
    ['//10.0.0.1/'],
  ])('a redirect to %s is refused', async (target) => {
    const server = await aServer()
    const resolve = async (host: string) => [host.replace(/^\[|\]$/g, '')]
    const outcome = await send(
      { method: 'GET', url: redirect(server, 302, target), headers: [], body: null },
      { timeoutMs: 1_000, secrets: new SecretBook() },
      { ...network, resolve },
    )
    expect(outcome).toMatchObject({ ok: false, error: { code: 'address_refused' } })
  })

  it.each([
    ['file:///etc/passwd'],
    ['javascript:alert(1)'],
    ['gopher://127.0.0.1/'],
    ['http://'],
    ['data:text/plain,x'],
  ])('a redirect to %s is an invalid answer', async (target) => {
    const server = await aServer()
    expect(await sending({ url: redirect(server, 302, target) })).toMatchObject({
      ok: false,
      error: { code: 'invalid_answer' },
    })
  })

  it('the caller is asked again, and its message is returned', async () => {
    const [first, second] = [await aServer(), await aServer()]
    const allowedOrigin = (url: URL) =>
      url.origin === first.url || { code: 'origin_not_confirmed' as const, message: 'Not confirmed.' }
    expect(await sending({ url: redirect(first, 302, `${second.url}/`) }, { allowedOrigin })).toMatchObject({
      ok: false,
      error: { code: 'origin_not_confirmed' },
    })
    expect(second.seen).toEqual([])
  })
})

// Shows D19.
describe('credentials never follow a redirect to another origin', () => {
  const credentialNames = { headers: ['X-Api-Key'], queryKeys: ['api_key'] }
  const secrets = SecretBook.of('hunter2hunter2', 's3cr3t/value')

  async function followed(target: (second: TestServer) => string, headers: [string, string][] = []) {
    const [first, second] = [await aServer(), await aServer()]
    const outcome = await sending({ url: redirect(first, 302, target(second)), headers }, { credentialNames, secrets })
    return { outcome, second }
  }

  it('in headers: by name, by the name the method gave them, and by value', async () => {
    const { second } = await followed(
      (server) => `${server.url}/end`,
      [
        ['Authorization', 'Basic abc'],
        ['COOKIE', 'session=1'],
        ['Proxy-Authorization', 'Basic abc'],
        ['x-api-key', 'key'],
        ['X-Elsewhere', 'token hunter2hunter2'],
        ['X-Encoded', encodeURIComponent('s3cr3t/value')],
        ['X-Pair', Buffer.from('user:hunter2hunter2').toString('base64')],
        ['X-Hexadecimal', Buffer.from('hunter2hunter2').toString('hex')],
        ['X-Harmless', 'stays'],
      ],
    )
    const sent = second.seen[0]!.headers
    for (const gone of [
      'authorization',
      'cookie',
      'proxy-authorization',
      'x-api-key',
      'x-elsewhere',
      'x-encoded',
      'x-pair',
      'x-hexadecimal',
    ])
      expect(sent, gone).not.toHaveProperty(gone)
    expect(sent['x-harmless']).toBe('stays')
  })

  it('in the query: by key and by value', async () => {
    const { second } = await followed(
      (server) => `${server.url}/end?api_key=abc&page=2&echo=hunter2hunter2&q=s3cr3t%2Fvalue`,
    )
    expect(second.seen[0]!.url).toBe('/end?page=2')
  })

  it('in the path: the redirect is not followed', async () => {
    const { outcome, second } = await followed((server) => `${server.url}/for/s3cr3t%2Fvalue`)
    expect(outcome).toMatchObject({ ok: false, error: { code: 'host_not_allowed' } })
    expect(second.seen).toEqual([])
  })

  it('in the user part of the target', async () => {
    const { second } = await followed((server) => server.url.replace('//', '//user:pass@'))
    expect(second.seen[0]!.headers).not.toHaveProperty('authorization')
  })

  it('another port, another scheme and another name are other origins', async () => {
    const first = await aServer()
    const target = `http://other.example:${first.port}/end`
    await sending({ url: redirect(first, 302, target), headers: [['Authorization', 'Bearer t']] })
    expect(first.seen[1]!.headers).toMatchObject({ host: `other.example:${first.port}` })
    expect(first.seen[1]!.headers).not.toHaveProperty('authorization')
  })

  it('not even when the redirect leads back', async () => {
    const [first, second] = [await aServer(), await aServer()]
    await sending({
      url: redirect(first, 302, redirect(second, 302, `${first.url}/end`)),
      headers: [['Authorization', 'Bearer t']],
    })
    expect(first.seen[1]).toMatchObject({ url: '/end' })
    expect(first.seen[1]!.headers).not.toHaveProperty('authorization')
  })

  it.each([307, 308])('a body is not sent to another origin: %i is refused', async (status) => {
    const [first, second] = [await aServer(), await aServer()]
    const outcome = await sending({
      url: redirect(first, status, `${second.url}/`),
      method: 'POST',
      body: 'client_secret=x',
    })
    expect(outcome).toMatchObject({ ok: false, error: { code: 'host_not_allowed' } })
    expect(second.seen).toEqual([])
  })

  it('a POST that becomes a GET follows without its body', async () => {
    const [first, second] = [await aServer(), await aServer()]
    const outcome = await sending({
      url: redirect(first, 303, `${second.url}/end`),
      method: 'POST',
      body: 'client_secret=x',
    })
    expect(outcome.ok).toBe(true)
    expect(second.seen[0]).toMatchObject({ method: 'GET', body: '' })
  })

  it('the list of redirects shows no query and no secret', async () => {
    const server = await aServer()
    const outcome = await sending({ url: redirect(server, 302, '/for/hunter2hunter2?code=abc') }, { secrets })
    expect(outcome.ok && outcome.redirects.join()).not.toMatch(/hunter2|code/)
  })
})
