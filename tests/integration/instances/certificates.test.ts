import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { known } from '../../sandbox/known'
import { startSandbox } from '../../sandbox/sandbox'
import { acmeConnector, acmeEndpoint, acmeMethod, type Acme, type AcmeMethod } from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { aCertificate, encrypted } from '../../support/certificates'
import { testDatabase } from '../../support/database'
import { create, created, save, shown, testConnection } from '../../support/instance-inputs'
import { methodOf } from '../../support/method-builders'

const { sql } = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

let manager: PersonActor
let acme: Acme
let method: AcmeMethod
let files: Awaited<ReturnType<typeof sandbox.control.getCertificates>>

beforeEach(async () => {
  await sandbox.control.reset()
  files = await sandbox.control.getCertificates()
  manager = await anActor('manager')
  acme = await acmeConnector(manager.workspaceId, sandbox.tlsUrl)
  // Nothing but the certificate says who calls.
  method = await acmeMethod(acme, 'none', { testUrl: `${sandbox.tlsUrl}/whoami` })
})

const good = () => ({ pem: files.clientPem, keyPem: files.clientKeyPem, caPem: files.caPem })

describe('the certificate of an instance', () => {
  test('is used to verify it and shown with its details, never with its key', async () => {
    const id = await created(manager, acme, method, {}, { certificate: good() })
    const view = await shown(manager, id)
    expect(view.health.status).toBe('connected')
    expect(view.certificate).toMatchObject({
      hasClientCertificate: true,
      hasCa: true,
      uploadedBy: manager.label,
      warning: null,
    })
    expect(view.certificate?.subject).not.toBe('')
    expect(view.certificate?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    expect(JSON.stringify(view)).not.toMatch(/PRIVATE KEY|BEGIN CERTIFICATE/)
    const [row] = await sql<{ sealedKey: string }>('SELECT "sealedKey" FROM "Certificate" WHERE "instanceId" = $1', [
      id,
    ])
    expect(row?.sealedKey).toMatch(/^v1\.test\./)
  })

  test('may be a PKCS#12 file with its passphrase', async () => {
    const certificate = {
      pkcs12Base64: files.clientPkcs12Base64,
      passphrase: known.pkcs12Passphrase,
      caPem: files.caPem,
    }
    expect((await shown(manager, await created(manager, acme, method, {}, { certificate }))).health.status).toBe(
      'connected',
    )
  })

  test('is not changed by other saves, and can be replaced and removed', async () => {
    const id = await created(manager, acme, method, {}, { certificate: good() })
    const first = (await shown(manager, id)).certificate
    await save(manager, id, method, {}, { name: 'Renamed' })
    expect((await shown(manager, id)).certificate).toEqual(first)
    expect(
      await save(manager, id, method, {}, { certificate: { ...good(), pem: files.soonPem, keyPem: files.soonKeyPem } }),
    ).toMatchObject({ ok: true, value: { kind: 'saved', verified: true } })
    expect((await shown(manager, id)).certificate?.fingerprint).not.toBe(first?.fingerprint)
    expect(
      await save(manager, id, method, {}, { certificate: 'remove', intent: 'save_without_verifying' }),
    ).toMatchObject({ ok: true, value: { kind: 'saved' } })
    expect((await shown(manager, id)).certificate).toBeNull()
  })

  test('causes a warning from 30 days before it expires', async () => {
    const id = await created(
      manager,
      acme,
      method,
      {},
      { certificate: { ...good(), pem: files.soonPem, keyPem: files.soonKeyPem } },
    )
    expect((await shown(manager, id)).certificate?.warning).toMatch(/expires in \d+ days/)
  })

  test('that the third party does not know is not saved, and the old one stays (rule R6)', async () => {
    const id = await created(manager, acme, method, {}, { certificate: good() })
    const before = (await shown(manager, id)).certificate
    const wrong = { ...good(), pem: files.wrongClientPem, keyPem: files.wrongClientKeyPem }
    expect(await save(manager, id, method, {}, { certificate: wrong })).toMatchObject({
      ok: true,
      value: { kind: 'unverified' },
    })
    expect((await shown(manager, id)).certificate).toEqual(before)
  })

  test('in the form is what a test uses, and nothing is stored', async () => {
    const soon = { ...good(), pem: files.soonPem, keyPem: files.soonKeyPem }
    const id = await created(manager, acme, method, {}, { certificate: soon })
    const before = (await shown(manager, id)).certificate
    expect(await testConnection(manager, id, method, {}, good())).toMatchObject({
      ok: true,
      value: { outcome: 'accepted' },
    })
    expect(await testConnection(manager, id, method, {}, 'remove')).not.toMatchObject({
      ok: true,
      value: { outcome: 'accepted' },
    })
    expect((await shown(manager, id)).certificate).toEqual(before)
  })
})

// Shows C68.
describe('a certificate is refused with an error on its field, before anything is sent,', () => {
  test.each([
    ['when it is not PEM', () => ({ ...good(), pem: 'hello' }), 'certificate.pem'],
    ['when it is damaged', () => ({ ...good(), pem: files.clientPem.replace(/[A-Za-z]{20}/, 'x') }), 'certificate.pem'],
    ['without its key', () => ({ pem: files.clientPem }), 'certificate.keyPem'],
    ['with a key that is not its own', () => ({ ...good(), keyPem: files.otherKeyPem }), 'certificate.keyPem'],
    [
      'when it has expired',
      () => ({ ...good(), pem: files.expiredPem, keyPem: files.expiredKeyPem }),
      'certificate.pem',
    ],
    [
      'with a wrong passphrase',
      () => ({ pkcs12Base64: files.clientPkcs12Base64, passphrase: 'a-mistyped-passphrase' }),
      'certificate.passphrase',
    ],
    [
      'with an encrypted key and no passphrase',
      () => ({ ...good(), keyPem: encrypted(files.clientKeyPem, 'a-passphrase') }),
      'certificate.passphrase',
    ],
    ['when its key is not a key', () => ({ ...good(), keyPem: 'a-key-in-another-format' }), 'certificate.keyPem'],
    ['when the private CA has expired', () => ({ ...good(), caPem: expiredAuthority() }), 'certificate.caPem'],
    [
      'when it is not PKCS#12',
      () => ({ pkcs12Base64: Buffer.from('hello').toString('base64'), passphrase: '' }),
      'certificate.pkcs12',
    ],
    ['when the private CA is no authority', () => ({ ...good(), caPem: files.clientPem }), 'certificate.caPem'],
  ])('%s', async (_what, certificate, field) => {
    await sandbox.control.clearRequests()
    const given = certificate()
    const result = await create(manager, acme, method, {}, { certificate: given })
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid_certificate', field } })
    expect(await sandbox.control.getRequests({})).toEqual([])
    expect(await sql('SELECT FROM "Instance" WHERE "connectorId" = $1', [acme.connectorId])).toEqual([])
    for (const secret of secretsIn(given)) expect(JSON.stringify(result)).not.toContain(secret)
  })

  const expiredAuthority = () =>
    aCertificate({
      name: 'Old authority',
      authority: true,
      validFrom: new Date('2020-01-01'),
      validTo: new Date('2021-01-01'),
    }).certificatePem

  /** What of an upload nobody may read again: the passphrase, and any line of a key. */
  function secretsIn({
    keyPem = '',
    pkcs12Base64 = '',
    passphrase = '',
  }: Partial<Record<'pem' | 'keyPem' | 'caPem' | 'pkcs12Base64' | 'passphrase', string>>): string[] {
    return [
      ...keyPem.split('\n').filter((line) => line !== '' && !line.startsWith('-----')),
      pkcs12Base64,
      passphrase,
    ].filter((secret) => secret !== '')
  }
})

describe('if tokens come from a server that authenticates its callers by certificate (RFC 8705)', () => {
  let endpointId: string

  beforeEach(async () => {
    method = await methodOf(acme, 'oauth2_client_credentials', {
      options: { clientAuthentication: 'none' },
      phases: [
        { kind: 'exchange', url: `${sandbox.tlsUrl}/oauth/token`, httpMethod: 'POST' },
        { kind: 'verify', url: `${sandbox.tlsUrl}/whoami`, httpMethod: 'GET' },
      ],
    })
    endpointId = (await acmeEndpoint(acme, method, `${sandbox.tlsUrl}/orders`)).id
  })

  const values = { client_id: known.serviceClients.mutualTls.id, scope: 'orders.read' }
  const call = (instanceId: string) => sendEndpointRequest(manager, { instanceId, endpointId, values: {}, filters: {} })

  test('the certificate goes with the token request and with the endpoint requests', async () => {
    const id = await created(manager, acme, method, values, { certificate: good() })
    expect((await shown(manager, id)).health.status).toBe('connected')
    expect(await call(id)).toMatchObject({ ok: true, value: { response: { status: 200 } } })
    const requests = await sandbox.control.getRequests({})
    expect([...new Set(requests.map(({ server }) => server))]).toEqual(['tls'])
    expect(requests.map(({ url }) => url.split('?')[0])).toEqual(expect.arrayContaining(['/oauth/token', '/orders']))
  })

  test('another certificate is refused at the token request, and nothing is stored', async () => {
    const wrong = { ...good(), pem: files.soonPem, keyPem: files.soonKeyPem }
    const refused = await create(manager, acme, method, values, { certificate: wrong })
    expect(refused).toMatchObject({
      ok: true,
      value: { kind: 'unverified', report: { outcome: 'rejected', step: 'getting_token' } },
    })
    expect(await sql('SELECT FROM "Instance" WHERE "connectorId" = $1', [acme.connectorId])).toEqual([])
  })

  test('a replaced certificate needs a new token: the earlier one is bound to the earlier certificate', async () => {
    const id = await created(manager, acme, method, values, { certificate: good() })
    await call(id)
    const tokensBefore = (await sandbox.control.getTokenCalls()).calls.length
    expect(await save(manager, id, method, {}, { certificate: good(), name: 'The same again' })).toMatchObject({
      ok: true,
      value: { kind: 'saved' },
    })
    expect(await call(id)).toMatchObject({ ok: true, value: { response: { status: 200 } } })
    expect((await sandbox.control.getTokenCalls()).calls.length).toBeGreaterThan(tokensBefore)
  })
})
