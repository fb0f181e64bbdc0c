import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Network } from '@/lib/platform/http/network'
import { send } from '@/lib/platform/http/send'
import type { RawSendOptions } from '@/lib/platform/http/send-options'
import { SecretBook } from '@/lib/domain/secret-book'
import { aCertificate, anAuthority, type TestCertificate } from '../../../support/certificates'
import { anHttpsServer, aTcpServer, type TestServer } from '../../../support/servers'

const network: Network = {
  policy: { ranges: [], services: [], loopbackOpen: true, own: [] },
  resolve: async (host) => [/^[\d.]+$/.test(host) ? host : '127.0.0.1'],
}

function sending(url: string, options: Partial<RawSendOptions> = {}) {
  return send(
    { method: 'GET', url, headers: [], body: null },
    { timeoutMs: 3_000, secrets: new SecretBook(), ...options },
    network,
  )
}

async function failure(url: string, options: Partial<RawSendOptions> = {}) {
  const outcome = await sending(url, options)
  if (outcome.ok) throw new Error('answered')
  return outcome.error
}

const authority = anAuthority()
const good = aCertificate({ name: 'api.acme.example', hosts: ['api.acme.example', '127.0.0.1'], issuer: authority })
const trusting = { tls: { caPem: authority.certificatePem } }

function serving(certificate: TestCertificate, more: object = {}) {
  return anHttpsServer({ cert: certificate.certificatePem, key: certificate.keyPem, ...more }, (request, response) =>
    response.end((request.socket as TLSSocket).getPeerCertificate().subject?.CN?.toString() ?? 'nobody'),
  )
}

const certificateOf = (given: Partial<Parameters<typeof aCertificate>[0]>) =>
  aCertificate({ name: 'x', hosts: ['127.0.0.1'], issuer: authority, ...given })
const elsewhere = anAuthority('Another authority')
const intermediate = anAuthority('Intermediate', authority)
const clients = anAuthority('Client authority')
const tls12 = { maxVersion: 'TLSv1.2' }
const notYet = { validFrom: new Date(Date.now() + 9e9) }

type Failing = {
  serve: () => Promise<TestServer>
  /** Default: the instance has the authority's certificate. */
  options?: Partial<RawSendOptions>
  /** Default: `tls_failed`. */
  code?: string | RegExp
  words: string | RegExp
}

const failing: Record<string, Failing> = {
  'an unknown authority': { serve: () => serving(good), options: {}, words: 'an unknown authority' },
  'another authority than that of the instance': {
    serve: () => serving(good),
    options: { tls: { caPem: elsewhere.certificatePem } },
    words: 'an unknown authority',
  },
  'a self-signed certificate': { serve: () => serving(certificateOf({ issuer: undefined })), words: 'self-signed' },
  'a certificate for another host': {
    serve: () => serving(certificateOf({ hosts: ['other.example'] })),
    words: 'not for 127.0.0.1 but for other.example',
  },
  'a certificate for no host': { serve: () => serving(certificateOf({ hosts: [] })), words: 'not for 127.0.0.1' },
  'an expired certificate': {
    serve: () => serving(certificateOf({ validFrom: new Date(0), validTo: new Date(1e12) })),
    words: 'expired',
  },
  'a certificate that is not valid yet': { serve: () => serving(certificateOf(notYet)), words: 'not valid yet' },
  'a chain without its intermediate certificate': {
    serve: () => serving(certificateOf({ issuer: intermediate })),
    words: 'does not send an intermediate certificate',
  },
  'a certificate that was signed by one that may not sign': {
    serve: () => {
      const signed = certificateOf({ issuer: good })
      return serving({ ...signed, certificatePem: signed.certificatePem + good.certificatePem })
    },
    words: 'is not meant for a server',
  },
  'an outdated version of TLS': {
    serve: () => serving(good, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
    words: 'outdated versions of TLS',
  },
  'no cipher in common': {
    serve: () => serving(good, { ...tls12, ciphers: 'NULL-SHA256:@SECLEVEL=0' }),
    words: 'supports no common cipher',
  },
  'a client certificate that is missing': {
    serve: () => serving(good, { ...tls12, requestCert: true, ca: clients.certificatePem }),
    words: 'client certificate',
  },
  // In TLS 1.3 the server says so after the handshake, and may close the connection before anybody has read it.
  'a client certificate that is missing, in TLS 1.3': {
    serve: () => serving(good, { requestCert: true, ca: clients.certificatePem }),
    code: /tls_failed|connection_failed/,
    words: /client certificate|closed the connection/,
  },
  'a client certificate of another authority': {
    serve: () => serving(good, { requestCert: true, ca: clients.certificatePem }),
    options: { tls: { ...aCertificate({ name: 'stranger', issuer: elsewhere }), caPem: authority.certificatePem } },
    code: /tls_failed|connection_failed/,
    words: /client certificate|closed the connection/,
  },
  'plain HTTP on the port': {
    serve: () => overTls((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    words: 'does not speak TLS',
  },
  'a connection that is reset in the handshake': {
    serve: () => overTls((socket) => socket.resetAndDestroy()),
    code: 'connection_failed',
    words: 'closed the connection before it responded',
  },
  'a connection that is closed in the handshake': {
    serve: () => overTls((socket) => socket.end()),
    code: 'connection_failed',
    words: 'closed the connection before it responded',
  },
  'a handshake that never ends': {
    serve: () => overTls(() => {}),
    options: { ...trusting, timeoutMs: 200 },
    code: 'timed_out',
    words: 'did not finish the TLS handshake',
  },
}

/** Talks when the handshake begins. */
async function overTls(talk: (socket: Socket) => void): Promise<TestServer> {
  const server = await aTcpServer((socket) => void socket.once('data', () => talk(socket)))
  return { ...server, url: server.url.replace('http:', 'https:') }
}

describe('a failure of TLS is an outcome with its reason, and nothing is sent', () => {
  it.each(Object.entries(failing))('%s', async (_name, { serve, options = trusting, code = 'tls_failed', words }) => {
    const server = await serve()
    expect(await failure(server.url, options)).toMatchObject({
      code: expect.stringMatching(code),
      message: expect.stringMatching(words),
    })
    expect(server.seen).toEqual([])
  })
})

// Shows D18.
describe("the server's identity is always checked", () => {
  it('a server of a private authority is reached with its CA, by name and by address', async () => {
    const server = await serving(good)
    const outcome = await sending(`https://api.acme.example:${server.port}/`, trusting)
    expect(outcome).toMatchObject({ ok: true, timing: { tlsMs: expect.any(Number) } })
    expect((await sending(`https://127.0.0.1:${server.port}/`, trusting)).ok).toBe(true)
  })

  it('an intermediate authority can be trusted by itself', async () => {
    const intermediate = anAuthority('Intermediate', authority)
    const server = await serving(aCertificate({ name: 'x', hosts: ['127.0.0.1'], issuer: intermediate }))
    expect((await sending(server.url, { tls: { caPem: intermediate.certificatePem } })).ok).toBe(true)
  })

  it('the environment cannot switch it off', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    onTestFinished(() => void vi.unstubAllEnvs())
    const server = await serving(good)
    expect((await failure(server.url)).code).toBe('tls_failed')
  })

  it('a connection that trusts one CA is not used by a request that does not', async () => {
    const server = await serving(good)
    expect((await sending(server.url, trusting)).ok).toBe(true)
    expect((await failure(server.url)).code).toBe('tls_failed')
  })
})

describe('the client certificate', () => {
  const client = aCertificate({ name: 'instance one', issuer: clients })
  const mutual = { requestCert: true, ca: clients.certificatePem }

  it('identifies the instance', async () => {
    const server = await serving(good, mutual)
    const outcome = await sending(server.url, { tls: { ...client, caPem: authority.certificatePem } })
    expect(outcome.ok && Buffer.from(outcome.response.body).toString()).toBe('instance one')
  })

  it('of one instance is never used for another over a reused connection', async () => {
    const server = await serving(good, mutual)
    const other = aCertificate({ name: 'instance two', issuer: clients })
    for (const [certificate, name] of [
      [client, 'instance one'],
      [other, 'instance two'],
      [client, 'instance one'],
    ] as const) {
      const outcome = await sending(server.url, { tls: { ...certificate, caPem: authority.certificatePem } })
      expect(outcome.ok && Buffer.from(outcome.response.body).toString()).toBe(name)
    }
    expect(server.connections()).toBe(2)
  })

  it('does not follow a redirect to another origin, while the private CA still does', async () => {
    const elsewhere = await anHttpsServer(
      { cert: good.certificatePem, key: good.keyPem, ...mutual, rejectUnauthorized: false },
      (request, response) =>
        response.end((request.socket as TLSSocket).getPeerCertificate().subject?.CN?.toString() ?? 'nobody'),
    )
    const server = await anHttpsServer(
      { cert: good.certificatePem, key: good.keyPem, ...mutual },
      (_request, response) => response.writeHead(302, { location: elsewhere.url }).end(),
    )
    const outcome = await sending(server.url, { tls: { ...client, caPem: authority.certificatePem } })
    expect(outcome.ok && Buffer.from(outcome.response.body).toString()).toBe('nobody')
  })

  it('that is no certificate is an outcome, not an exception', async () => {
    const server = await serving(good)
    const error = await failure(server.url, { tls: { certificatePem: 'nonsense', keyPem: 'nonsense' } })
    expect(error.code).toBe('tls_failed')
  })
})
