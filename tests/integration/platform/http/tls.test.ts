import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { TLSSocket } from 'node:tls'
import type { Network } from '@/lib/platform/http/network'
import { send } from '@/lib/platform/http/send'
import type { RawSendOptions } from '@/lib/platform/http/send-options'
import { SecretBook } from '@/lib/domain/secret-book'
import { aCertificate, anAuthority, type TestCertificate } from '../../../support/certificates'
import { anHttpsServer, aTcpServer } from '../../../support/servers'

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

describe("the server's identity is always checked", () => {
  it('a server of a private authority is reached with its CA, by name and by address', async () => {
    const server = await serving(good)
    const outcome = await sending(`https://api.acme.example:${server.port}/`, trusting)
    expect(outcome).toMatchObject({ ok: true, timing: { tlsMs: expect.any(Number) } })
    expect((await sending(`https://127.0.0.1:${server.port}/`, trusting)).ok).toBe(true)
  })

  it('an intermediate authority can be trusted as it stands', async () => {
    const intermediate = anAuthority('Intermediate', authority)
    const server = await serving(aCertificate({ name: 'x', hosts: ['127.0.0.1'], issuer: intermediate }))
    expect((await sending(server.url, { tls: { caPem: intermediate.certificatePem } })).ok).toBe(true)
  })

  it.each([
    ['without the CA', good, {}, 'not known here'],
    ['with another CA', good, { tls: { caPem: anAuthority('Another authority').certificatePem } }, 'not known here'],
    ['self-signed', aCertificate({ name: 'self', hosts: ['127.0.0.1'] }), {}, 'self-signed'],
    [
      'for another host',
      aCertificate({ name: 'x', hosts: ['other.example'], issuer: authority }),
      trusting,
      'not for 127.0.0.1 but for other.example',
    ],
    [
      'expired',
      aCertificate({
        name: 'x',
        hosts: ['127.0.0.1'],
        issuer: authority,
        validFrom: new Date(0),
        validTo: new Date(1e12),
      }),
      trusting,
      'expired',
    ],
    [
      'not yet valid',
      aCertificate({ name: 'x', hosts: ['127.0.0.1'], issuer: authority, validFrom: new Date(Date.now() + 9e9) }),
      trusting,
      'not valid yet',
    ],
  ])('%s: refused, with that reason, before anything is sent', async (_name, certificate, options, words) => {
    const server = await serving(certificate)
    const error = await failure(server.url, options)
    expect(error.code).toBe('tls_failed')
    expect(error.message).toContain(words)
    expect(server.seen).toEqual([])
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

  it('outdated protocol versions are refused', async () => {
    const server = await serving(good, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })
    expect((await failure(server.url, trusting)).code).toBe('tls_failed')
  })

  it('a server that does not speak TLS is named as such', async () => {
    const server = await aTcpServer(
      (socket) => void socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    )
    const error = await failure(server.url.replace('http:', 'https:'))
    expect(error.code).toBe('tls_failed')
    expect(error.message).toContain('does not speak TLS')
  })

  it('a handshake that never ends meets the deadline', async () => {
    const server = await aTcpServer(() => {})
    const error = await failure(server.url.replace('http:', 'https:'), { timeoutMs: 200 })
    expect(error).toMatchObject({
      code: 'timed_out',
      message: expect.stringContaining('did not finish the TLS handshake'),
    })
  })
})

describe('the client certificate', () => {
  const clients = anAuthority('Client authority')
  const client = aCertificate({ name: 'instance one', issuer: clients })
  const mutual = { requestCert: true, ca: clients.certificatePem }

  it('identifies the instance', async () => {
    const server = await serving(good, mutual)
    const outcome = await sending(server.url, { tls: { ...client, caPem: authority.certificatePem } })
    expect(outcome.ok && Buffer.from(outcome.answer.body).toString()).toBe('instance one')
  })

  it('of one instance is never used for another over a kept connection', async () => {
    const server = await serving(good, mutual)
    const other = aCertificate({ name: 'instance two', issuer: clients })
    for (const [certificate, name] of [
      [client, 'instance one'],
      [other, 'instance two'],
      [client, 'instance one'],
    ] as const) {
      const outcome = await sending(server.url, { tls: { ...certificate, caPem: authority.certificatePem } })
      expect(outcome.ok && Buffer.from(outcome.answer.body).toString()).toBe(name)
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
    expect(outcome.ok && Buffer.from(outcome.answer.body).toString()).toBe('nobody')
  })

  it('that is missing where the server demands it is said', async () => {
    const server = await serving(good, mutual)
    const error = await failure(server.url, trusting)
    expect(['tls_failed', 'connection_failed']).toContain(error.code)
  })

  it('that is no certificate is an outcome, not an exception', async () => {
    const server = await serving(good)
    const error = await failure(server.url, { tls: { certificatePem: 'nonsense', keyPem: 'nonsense' } })
    expect(error.code).toBe('tls_failed')
  })
})
