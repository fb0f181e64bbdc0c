import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { getInstance } from '@/lib/instances/get-instance'
import { needsAuthorisation } from '@/lib/authorisations/needs-authorisation'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import { beginAs, completeAs } from '@/tests/support/authorise'
import { contextOf } from '@/tests/support/permitted'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { browseAuthorisation } from '../../sandbox/browse-authorisation'
import { deleteVariable } from '@/lib/variables/delete-variable'
import { known } from '../../sandbox/known'
import { startSandbox } from '../../sandbox/sandbox'
import {
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  typedSettings,
  type Acme,
  type AcmeMethod,
} from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { decideAt } from '../../support/decide-at'
import { methodOf } from '../../support/method-builders'
import { openLoggedBodies } from '../../support/open-logged-bodies'

/**
 * Authorisation codes as real vendors use them: other names, values next to the code, tokens in several steps, clients
 * that sign.
 */

const { sql } = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

const redirectUri = 'http://localhost:3000/oauth/authenticate'
const browserSecret = 'the-secret-of-the-browser-that-began'

let actor: PersonActor
let acme: Acme
let method: AcmeMethod
let instance: { id: string; name: string }
let settings: InstanceSettings

async function setUp(given: Parameters<typeof methodOf>[2], values: Record<string, string>, hosts: string[] = []) {
  await sandbox.control.reset()
  actor = await anActor('manager')
  acme = await acmeConnector(actor.workspaceId, sandbox.url, {
    allowedHosts: hosts,
    confirmed: [sandbox.url, '{part}', ...hosts.map((host) => `https://${host}`)],
  })
  method = await methodOf(acme, 'oauth2_authorization_code', given)
  instance = await acmeInstance(acme, method, {}, { status: 'awaiting_authorisation' })
  settings = typedSettings(method, instance.name, values)
}

const row = () => systemDb().instance.findFirstOrThrow({ where: { id: instance.id } })

async function begin() {
  const { revision } = await row()
  return beginAs(actor, {
    instanceId: instance.id,
    settings,
    baseRevision: revision,
    browserSecret,
    redirectUri,
  })
}

async function begun(): Promise<string> {
  const result = await begin()
  if (!result.ok) throw new Error(result.error.message)
  return result.value.redirectTo
}

const complete = (callbackUrl: string) => completeAs(actor, callbackUrl, browserSecret)

async function call(path: string) {
  const endpoint = await acmeEndpoint(acme, method, path)
  return sendEndpointRequest(actor, { instanceId: instance.id, endpointId: endpoint.id, values: {}, filters: {} })
}

const vendorNames = [
  { standard: 'client_id', sent: 'client_key' },
  { standard: 'code', sent: 'auth_code' },
  { standard: 'refresh_token', sent: 'renew_token' },
]

const vendor = {
  options: {
    ...{
      clientAuthentication: 'client_secret_post',
      pkce: 'off',
      scopeSeparator: ',',
      requestEncoding: 'json',
      parameterNames: vendorNames,
    },
    ...{
      tokenPath: '$.data.token.access',
      refreshTokenPath: '$.data.token.refresh',
      expiryPath: '$.data.token.expires_in_ms',
      expiryUnit: 'milliseconds',
    },
    placement: { place: 'header', key: 'Authorization', value: 'Vendor {{ access_token }}' },
    keptFromCallback: [{ variable: 'realm_id', parameter: 'realmId' }],
    kept: [{ variable: 'instance_url', path: '$.data.instance_url', secret: false, expiryPath: '' }],
  },
  phases: [
    { kind: 'authorise' as const, url: '/vendor/authorize' },
    {
      kind: 'exchange' as const,
      url: '/vendor/token',
      httpMethod: 'POST' as const,
      successRule: { jsonPath: '$.data' },
    },
  ],
  variables: ['realm_id', 'instance_url'],
}
const vendorValues = {
  client_id: known.vendor.clientKey,
  client_secret: known.vendor.clientSecret,
  scope: 'orders products',
}

describe('a vendor with its own names', () => {
  beforeEach(() => setUp(vendor, vendorValues))

  // Shows C33.
  test('is authorised with them, and values next to the code and the token are stored and shown', async () => {
    const page = await begun()
    expect(Object.fromEntries(new URL(page).searchParams)).toMatchObject({
      client_key: known.vendor.clientKey,
      scope: 'orders,products',
    })
    expect(new URL(page).searchParams.has('client_id')).toBe(false)
    expect(await complete(await decideAt(page, 'allow'))).toEqual({ ok: true, value: { instanceId: instance.id } })
    expect(await getInstance(actor, { instanceId: instance.id })).toMatchObject({
      ok: true,
      value: {
        health: { status: 'connected' },
        kept: [
          { key: 'instance_url', value: `${sandbox.url}/vendor/shops/casey` },
          { key: 'realm_id', value: known.vendor.realmId },
        ],
      },
    })
    expect(await call('/vendor/shops/casey/orders')).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  })

  test('denies with the usual name', async () => {
    expect(await complete(await decideAt(await begun(), 'deny'))).toMatchObject({
      ok: false,
      error: { code: 'authorisation_denied', canRetry: true },
    })
  })

  test('does not accept a code with the usual name', async () => {
    const callback = new URL(await decideAt(await begun(), 'allow'))
    callback.searchParams.set('code', callback.searchParams.get('auth_code')!)
    callback.searchParams.delete('auth_code')
    expect(await complete(callback.href)).toMatchObject({ ok: false, error: { code: 'code_missing' } })
  })

  test('an error with status 200 is shown, and the instance still waits', async () => {
    settings = typedSettings(method, instance.name, { ...vendorValues, client_secret: 'a-wrong-secret' })
    const refused = await complete(await decideAt(await begun(), 'allow'))
    expect(refused).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('bad client_key or client_secret'), canRetry: true },
    })
    expect(await row()).toMatchObject({ status: 'awaiting_authorisation', revision: 1 })
  })
})

describe('the state', () => {
  beforeEach(() =>
    setUp(
      {
        ...vendor,
        options: { ...vendor.options, parameterNames: [...vendorNames, { standard: 'state', sent: 'nonce' }] },
      },
      vendorValues,
    ),
  )

  test('with the vendor’s own name is found', async () => {
    const page = new URL(await begun())
    const state = page.searchParams.get('nonce')!
    page.searchParams.set('state', state)
    const callback = new URL(await decideAt(page.href, 'allow'))
    callback.searchParams.delete('state')
    callback.searchParams.set('nonce', state)
    expect(await complete(callback.href)).toMatchObject({ ok: true })
  })

  test('with another name is not a state, and nothing is consumed', async () => {
    const page = new URL(await begun())
    page.searchParams.set('state', page.searchParams.get('nonce')!)
    expect(await complete(await decideAt(page.href, 'allow'))).toMatchObject({
      ok: false,
      error: { code: 'state_unknown', instance: null },
    })
    const [pending] = await systemDb().pendingAuthorisation.findMany({ where: { instanceId: instance.id } })
    expect(pending?.state).toBe('live')
  })
})

describe('a token URL with a value from the callback', () => {
  const byShop = (url: string) => ({
    ...vendor,
    phases: [vendor.phases[0]!, { ...vendor.phases[1]!, url }],
    options: { ...vendor.options, keptFromCallback: [{ variable: 'part', parameter: 'part' }] },
    variables: ['part', 'instance_url'],
  })

  async function completeWith(part: string) {
    const callback = new URL(await decideAt(await begun(), 'allow'))
    callback.searchParams.set('part', part)
    return complete(callback.href)
  }

  test('uses the value as one segment of its path', async () => {
    await setUp(byShop('/vendor/{{ part }}'), vendorValues)
    expect(await completeWith('token')).toMatchObject({ ok: true })
    await setUp(byShop('/vendor/{{ part }}'), vendorValues)
    expect(await completeWith('../evil')).toMatchObject({ ok: false })
    const seen = (await sandbox.control.getRequests()).map(({ url }) => url)
    expect(seen.some((url) => url.startsWith('/evil'))).toBe(false)
  })

  // Shows D32.
  test('never leads to a host that is not allowed (rule R14)', async () => {
    await setUp(byShop('{{ part }}/vendor/token'), vendorValues, ['acme.example'])
    await sql(`UPDATE "Variable" SET "inputKind" = 'url' WHERE "id" = $1`, [method.variables.part])
    expect(await completeWith('https://evil.example')).toMatchObject({
      ok: false,
      error: { code: 'host_not_allowed', message: expect.stringMatching(/allowed/) },
    })
    expect(await row()).toMatchObject({ status: 'awaiting_authorisation' })
  })

  test('is still bound to the definition at the start of the authorisation', async () => {
    await setUp(byShop('/vendor/{{ part }}'), vendorValues)
    const callback = new URL(await decideAt(await begun(), 'allow'))
    callback.searchParams.set('part', 'token')
    await sql(
      `UPDATE "AuthenticationPhase" SET "url" = '/other/{{ part }}' WHERE "methodId" = $1 AND "kind" = 'exchange'`,
      [method.id],
    )
    expect(await complete(callback.href)).toMatchObject({ ok: false, error: { code: 'method_changed' } })
  })
})

// Shows C29.
describe('PKCE and clients', () => {
  const oauth = {
    phases: [
      { kind: 'authorise' as const, url: '/oauth/auth' },
      { kind: 'exchange' as const, url: '/oauth/token', httpMethod: 'POST' as const },
    ],
  }
  const scope = 'orders.read products.read'

  test('a client that requires S256 is authorised with it, and refused without', async () => {
    const client = known.serviceClients.pkce
    const values = { client_id: client.id, client_secret: client.secret, scope }
    await setUp({ ...oauth, options: { pkce: 'S256' } }, values)
    expect(await complete(await browseAuthorisation(await begun()))).toMatchObject({ ok: true })
    await setUp({ ...oauth, options: { pkce: 'off' } }, values)
    expect(new URL(await begun()).searchParams.has('code_challenge')).toBe(false)
    expect(await complete(await browseAuthorisation(await begun()))).toMatchObject({
      ok: false,
      error: { code: 'token_refused' },
    })
  })

  test('plain sends the verifier as the challenge', async () => {
    await setUp(
      { ...oauth, options: { pkce: 'plain' } },
      { client_id: known.clients.basic.id, client_secret: known.clients.basic.secret, scope },
    )
    const { code_challenge: challenge, code_challenge_method: how } = Object.fromEntries(
      new URL(await begun()).searchParams,
    )
    expect(how).toBe('plain')
    expect(challenge).toMatch(/^[A-Za-z0-9_-]{64}$/)
  })

  const signing = {
    ...oauth,
    options: {
      clientAuthentication: 'private_key_jwt',
      jwt: {
        algorithm: 'RS256',
        key: '{{ private_key }}',
        keyEncoding: 'pem',
        lifetime: '60',
        header: [{ name: 'kid', value: 'acme-rs-1' }],
        claims: [],
      },
    },
    variables: ['private_key'],
  }

  test('a client that signs is authorised with its key, which cannot be read anywhere afterwards', async () => {
    await setUp(signing, { client_id: known.serviceClients.key.id, private_key: known.keys.rsa, scope })
    await sql(`UPDATE "Variable" SET "secret" = true, "inputKind" = 'multiline' WHERE "id" = $1`, [
      method.variables.private_key,
    ])
    expect(await complete(await browseAuthorisation(await begun()))).toMatchObject({ ok: true })
    expect(await call('/orders')).toMatchObject({ ok: true, value: { response: { status: 200 } } })
    const change = async (values: Record<string, string>) =>
      needsAuthorisation(await contextOf(actor), instance.id, typedSettings(method, instance.name, values))
    expect(await change({})).toEqual({ ok: true, value: false })
    // No request contains the key, but another key is still another client.
    expect(await change({ private_key: known.keys.rsa.replace('-----\n', '-----\n\n') })).toEqual({
      ok: true,
      value: true,
    })
    expect((await openLoggedBodies()).join()).not.toMatch(/PRIVATE KEY|client_assertion=ey/)
  })

  test('an invalid key is refused before the person leaves', async () => {
    await setUp(signing, {
      client_id: known.serviceClients.key.id,
      private_key: '-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----',
      scope,
    })
    const refused = await begin()
    expect(refused).toMatchObject({ ok: false, error: { message: expect.stringMatching(/key/i) } })
    expect(JSON.stringify(refused)).not.toContain('nonsense')
    expect(await systemDb().pendingAuthorisation.count({ where: { instanceId: instance.id } })).toBe(0)
  })
})

const usualValues = {
  client_id: known.clients.basic.id,
  client_secret: known.clients.basic.secret,
  scope: 'orders.read',
}

test('a token request may use values that are filled in for each request, and the code verifier', async () => {
  await setUp(
    {
      options: { pkce: 'S256' },
      phases: [
        { kind: 'authorise', url: '/oauth/auth' },
        { kind: 'exchange', url: '/oauth/token?trace={{ uuid }}', httpMethod: 'POST' },
      ],
      parameters: [
        { place: 'body', key: 'trace', value: '{{ now }} {{ nonce }} {{ uuid }}', phases: ['exchange'] },
        { place: 'body', key: 'proof', value: '{{ code_verifier }}', phases: ['exchange'] },
      ],
    },
    usualValues,
  )
  expect(await complete(await browseAuthorisation(await begun()))).toEqual({
    ok: true,
    value: { instanceId: instance.id },
  })
  const [exchange] = (await sandbox.control.getTokenCalls()).calls
  const { trace, proof, code_verifier: verifier } = exchange!.parameters
  expect(trace).toMatch(/^\d{4}-\d\d-\d\dT\S+Z [0-9a-f]{32} [0-9a-f-]{36}$/)
  expect(proof).toBe(verifier)
})

test('so may the path of a token URL', async () => {
  await setUp(
    {
      phases: [
        { kind: 'authorise', url: '/oauth/auth' },
        { kind: 'exchange', url: '/{{ now }}/{{ nonce }}/{{ uuid }}/token', httpMethod: 'POST' },
      ],
    },
    usualValues,
  )
  expect(await begin()).toMatchObject({ ok: true })
})

test('a refresh may use the redirect URI too', async () => {
  await setUp(
    {
      phases: [
        { kind: 'authorise', url: '/oauth/auth' },
        { kind: 'exchange', url: '/oauth/token', httpMethod: 'POST' },
      ],
      parameters: [
        { place: 'body', key: 'redirect_uri', value: '{{ redirect_uri }}', phases: ['refresh'] },
        { place: 'body', key: 'again', value: '{{ dashboard_oauth_callback_url }}', phases: ['refresh'] },
      ],
    },
    usualValues,
  )
  expect(await complete(await browseAuthorisation(await begun()))).toMatchObject({ ok: true })
  await sandbox.control.expireAccessTokens()
  expect(await call('/orders')).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  const refresh = (await sandbox.control.getTokenCalls()).calls.find((each) => each.grantType === 'refresh_token')
  expect(refresh?.parameters).toMatchObject({ redirect_uri: redirectUri, again: redirectUri })
})

describe('after the code', () => {
  const lookup = (url: string) => ({
    phases: [
      { kind: 'authorise' as const, url: '/oauth/auth' },
      { kind: 'exchange' as const, url: '/oauth/token', httpMethod: 'POST' as const },
      {
        kind: 'after_connect' as const,
        url,
        httpMethod: 'GET' as const,
        extract: [{ variable: 'account_name', path: '$.account', secret: false }],
      },
    ],
    variables: ['account_name'],
  })
  const values = {
    client_id: known.clients.basic.id,
    client_secret: known.clients.basic.secret,
    scope: 'orders.read products.read',
  }

  test('a lookup sets a variable', async () => {
    await setUp(lookup('/whoami'), values)
    expect(await complete(await browseAuthorisation(await begun()))).toMatchObject({ ok: true })
    const shown = await getInstance(actor, { instanceId: instance.id })
    expect(shown).toMatchObject({
      ok: true,
      value: {
        health: { status: 'connected', statusReason: '' },
        kept: [{ key: 'account_name', value: expect.any(String) }],
      },
    })
  })

  test('a failed lookup loses nothing, and is shown', async () => {
    await setUp(lookup('/nowhere-at-all'), values)
    expect(await complete(await browseAuthorisation(await begun()))).toMatchObject({ ok: true })
    expect(await row()).toMatchObject({
      status: 'connected',
      statusReason: expect.stringContaining('After-connect lookup 1 failed'),
    })
  })

  test('a second token request uses the response of the first', async () => {
    await setUp(
      {
        phases: [
          { kind: 'authorise', url: '/oauth/auth' },
          {
            kind: 'exchange',
            step: 0,
            url: '/oauth/token',
            httpMethod: 'POST',
            extract: [{ variable: 'first', path: '$.access_token', secret: true }],
          },
          { kind: 'exchange', step: 1, url: '/whoami', httpMethod: 'GET' },
        ],
        parameters: [
          {
            place: 'header',
            key: 'Authorization',
            value: 'Bearer {{ step1.first }}',
            phases: ['exchange'],
            steps: [1],
          },
        ],
        options: {
          tokenPath: 'step1:access_token',
          refreshTokenPath: 'step1:refresh_token',
          kept: [{ variable: 'account_name', path: '$.account', secret: false, expiryPath: '' }],
        },
        variables: ['account_name'],
      },
      values,
    )
    expect(await complete(await browseAuthorisation(await begun()))).toMatchObject({ ok: true })
    expect(await getInstance(actor, { instanceId: instance.id })).toMatchObject({
      ok: true,
      value: { kept: [{ key: 'account_name' }] },
    })
    expect(await call('/orders')).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  })
})

describe('a method without features that its vendor lacks (rule R13)', () => {
  const ownServer = {
    phases: [
      { kind: 'authorise' as const, url: '/oauth/auth' },
      { kind: 'exchange' as const, httpMethod: 'POST' as const, url: '/oauth/token' },
    ],
  }

  async function remove(...keys: string[]) {
    const owner = { level: 'method' as const, connectorId: acme.connectorId, ownerId: method.id }
    for (const key of keys) {
      const { revision } = await systemDb().authenticationMethod.findFirstOrThrow({ where: { id: method.id } })
      const input = { owner, revision, variableId: method.variables[key]!, confirmed: true }
      expect(await deleteVariable(actor, input)).toMatchObject({ ok: true })
    }
  }

  const authorised = async () => complete(await browseAuthorisation(await begun()))
  const exchanges = async () =>
    (await sandbox.control.getTokenCalls()).calls.filter(({ grantType }) => grantType === 'authorization_code')

  test('a public client without a secret and without scopes is authorised, and refreshes', async () => {
    await setUp(ownServer, { client_id: known.clients.public.id })
    await remove('client_secret', 'scope')
    expect(await authorised()).toMatchObject({ ok: true })
    const [exchange] = await exchanges()
    expect(exchange).toMatchObject({ authorization: '', parameters: { client_id: known.clients.public.id } })
    expect(exchange?.parameters).not.toHaveProperty('client_secret')
    expect(await call('/orders')).toMatchObject({ ok: true, value: { response: { status: 200 } } })
    await sandbox.control.expireAccessTokens()
    expect(await call('/orders')).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  })

  test('a vendor without refresh is authorised, and again once its token has expired', async () => {
    await setUp(ownServer, { client_id: known.clients.once.id, client_secret: known.clients.once.secret })
    await remove('refresh_grant_type', 'response_refresh_token_key', 'response_authentication_token_key')
    expect(await authorised()).toMatchObject({ ok: true })
    expect(await call('/orders')).toMatchObject({ ok: true, value: { response: { status: 200 } } })
    await sandbox.control.expireAccessTokens()
    await call('/orders')
    expect(await row()).toMatchObject({ status: 'needs_authorising_again' })
  })
})
