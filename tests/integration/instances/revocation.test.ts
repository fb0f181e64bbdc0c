import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { listChanges } from '@/lib/activity/list-changes'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { deleteInstance } from '@/lib/instances/delete-instance'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { browseAuthorisation } from '../../sandbox/browse-authorisation'
import { known } from '../../sandbox/known'
import { startSandbox } from '../../sandbox/sandbox'
import {
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeOAuthValues,
  typedSettings,
  type Acme,
  type AcmeMethod,
} from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { decideAt } from '../../support/decide-at'
import { aFlowUsing } from '../../support/endpoint-builders'
import { methodOf } from '../../support/method-builders'
import { openLoggedBodies } from '../../support/open-logged-bodies'
import { anHttpServer } from '../../support/servers'
import { beginAs, completeAs } from '@/tests/support/authorise'

/** RFC 7009: the tokens of a deleted instance are revoked at the third party. */

const { sql } = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

const redirectUri = 'http://localhost:3000/oauth/authenticate'
const browserSecret = 'the-secret-of-the-browser-that-began'

let actor: PersonActor
let acme: Acme
let method: AcmeMethod
let instance: { id: string; name: string }

beforeEach(async () => {
  await sandbox.control.reset()
  actor = await anActor('manager')
})

const oauthPhases = [
  { kind: 'authorise' as const, url: '/oauth/auth' },
  { kind: 'exchange' as const, url: '/oauth/token', httpMethod: 'POST' as const },
]

/** An instance that a person has authorised. */
async function authorised(revokeUrl: string, given: { confirmed?: string[]; timeoutSeconds?: number } = {}) {
  acme = await acmeConnector(actor.workspaceId, sandbox.url, { confirmed: [sandbox.url, ...(given.confirmed ?? [])] })
  method = await methodOf(acme, 'oauth2_authorization_code', {
    phases: [...oauthPhases, { kind: 'revoke', url: revokeUrl }],
    timeoutSeconds: given.timeoutSeconds ?? 5,
  })
  instance = await acmeInstance(acme, method, {}, { status: 'awaiting_authorisation' })
  await authorise(typedSettings(method, instance.name, acmeOAuthValues), (url) => browseAuthorisation(url))
}

async function authorise(settings: ReturnType<typeof typedSettings>, browse: (url: string) => Promise<string>) {
  const begun = await beginAs(actor, {
    instanceId: instance.id,
    settings,
    baseRevision: 1,
    browserSecret,
    redirectUri,
  })
  if (!begun.ok) throw new Error(begun.error.message)
  const done = await completeAs(actor, await browse(begun.value.redirectTo), browserSecret)
  if (!done.ok) throw new Error(done.error.message)
}

const remove = (typedName = instance.name) => deleteInstance(actor, { instanceId: instance.id, typedName })
const isGone = async () => (await systemDb().instance.count({ where: { id: instance.id } })) === 0
const connectorName = async () =>
  (await systemDb().connector.findFirstOrThrow({ where: { id: acme.connectorId } })).name
const lastTokens = async () => {
  const { calls } = await sandbox.control.getTokenCalls()
  return calls.length
}

describe('deleting an instance with a revoke URL', () => {
  test('revokes both tokens there, and says so in the result, in Activity and in the request log', async () => {
    await authorised('/oauth/token/revocation')
    const host = await connectorName()
    expect(await remove()).toMatchObject({
      ok: true,
      value: { name: instance.name, revocation: { revoked: true, host } },
    })
    expect(await isGone()).toBe(true)
    expect(
      (await sandbox.control.getRevocations()).map(({ tokenTypeHint, status, clientId }) => ({
        tokenTypeHint,
        status,
        clientId,
      })),
    ).toEqual([
      { tokenTypeHint: 'refresh_token', status: 200, clientId: known.clients.basic.id },
      { tokenTypeHint: 'access_token', status: 200, clientId: known.clients.basic.id },
    ])
    const shown = await listChanges(actor, { q: '', sort: '-at', after: '' })
    expect(shown).toMatchObject({
      ok: true,
      value: {
        items: [
          {
            what: 'Revoked tokens',
            person: actor.label,
            objectName: instance.name,
            changes: [`Tokens: revoked at ${host}`],
          },
          { what: 'Deleted instance' },
          {},
          {},
          {},
        ],
      },
    })
    expect(
      await sql(
        'SELECT "purpose", "outcome", "status" FROM "RequestLog" WHERE "instanceId" = $1 AND "purpose" = \'revoke\' ORDER BY "at"',
        [instance.id],
      ),
    ).toEqual([
      { purpose: 'revoke', outcome: 'succeeded', status: 200 },
      { purpose: 'revoke', outcome: 'succeeded', status: 200 },
    ])
  })

  // Shows D14.
  test('leaves no token in the log', async () => {
    await authorised('/oauth/token/revocation')
    await remove()
    const revocations = await sandbox.control.getRevocations()
    const rows = await sql<{ r: string }>(
      'SELECT l::text AS r FROM "RequestLog" l UNION ALL SELECT a::text FROM "AuditLog" a',
    )
    const everything = rows.map(({ r }) => r).join() + (await openLoggedBodies()).join()
    expect(revocations.map(({ token }) => token).filter((token) => token === '' || everything.includes(token))).toEqual(
      [],
    )
    expect(everything).not.toContain(known.clients.basic.secret)
  })

  test('succeeds even if the third party refuses, and says what to do', async () => {
    const server = await anHttpServer((_request, response) =>
      response.writeHead(503, { 'content-type': 'application/json' }).end('{"error":"temporarily_unavailable"}'),
    )
    await authorised(`${server.url}/revoke`, { confirmed: [server.url] })
    expect(await remove()).toMatchObject({
      ok: true,
      value: {
        revocation: {
          revoked: false,
          reason: 'The revoke URL returned 503 Service Unavailable: “temporarily_unavailable.”',
        },
      },
    })
    expect(await isGone()).toBe(true)
    const [line] = await systemDb().auditLog.findMany({
      where: { workspaceId: actor.workspaceId, action: 'revoke_tokens' },
    })
    expect(line?.changes).toEqual({
      fields: [
        {
          field: 'tokens',
          to: `could not be revoked at ${await connectorName()}: The revoke URL returned 503 Service Unavailable: “temporarily_unavailable.” Revoke them there by hand.`,
        },
      ],
    })
  })

  test('does not wait forever', async () => {
    const server = await anHttpServer(() => {})
    await authorised(`${server.url}/revoke`, { confirmed: [server.url], timeoutSeconds: 1 })
    const began = performance.now()
    expect(await remove()).toMatchObject({
      ok: true,
      value: { revocation: { revoked: false, reason: expect.stringMatching(/did not respond|time/) } },
    })
    expect(performance.now() - began).toBeLessThan(4000)
    expect(await isGone()).toBe(true)
  })

  test('a token that the response repeats is not shown', async () => {
    const server = await anHttpServer((_request, response, { body }) =>
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ message: `cannot end ${body}` })),
    )
    await authorised(`${server.url}/revoke`, { confirmed: [server.url] })
    const deleted = await remove()
    const token = new URLSearchParams(server.seen[0]!.body).get('token')!
    expect(deleted).toMatchObject({ ok: true, value: { revocation: { revoked: false } } })
    expect(JSON.stringify(deleted)).not.toContain(token)
  })

  test('an access token that cannot be revoked expires by itself', async () => {
    const server = await anHttpServer((_request, response, { body }) => {
      const refresh = body.includes('token_type_hint=refresh_token')
      response
        .writeHead(refresh ? 200 : 400, { 'content-type': 'application/json' })
        .end(refresh ? '' : '{"error":"unsupported_token_type"}')
    })
    await authorised(`${server.url}/revoke`, { confirmed: [server.url] })
    expect(await remove()).toMatchObject({ ok: true, value: { revocation: { revoked: true } } })
    expect(server.seen).toHaveLength(2)
  })

  // Shows D27.
  test('a host that nobody has confirmed gets no token (rule R14)', async () => {
    const server = await anHttpServer((_request, response) => response.end())
    await authorised(`${server.url}/revoke`)
    expect(await remove()).toMatchObject({
      ok: true,
      value: { revocation: { revoked: false, reason: expect.stringContaining('confirm') } },
    })
    expect(server.seen).toEqual([])
  })

  // Shows D27.
  test('a refused deletion revokes nothing', async () => {
    await authorised('/oauth/token/revocation')
    expect(await remove('another name')).toMatchObject({ ok: false })
    const endpoint = await acmeEndpoint(acme, method, '/orders')
    await aFlowUsing(
      { workspaceId: actor.workspaceId, connectorId: acme.connectorId },
      { name: 'Nightly', instanceId: instance.id, endpointId: endpoint.id, state: 'draft' },
    )
    expect(await remove()).toMatchObject({ ok: false, error: { code: 'in_use' } })
    expect(
      await deleteInstance(await anActor('user', actor.workspaceId), {
        instanceId: instance.id,
        typedName: instance.name,
      }),
    ).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
    expect(
      await deleteInstance(await anActor('administrator'), { instanceId: instance.id, typedName: instance.name }),
    ).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(await sandbox.control.getRevocations()).toEqual([])
    expect(
      await sendEndpointRequest(actor, { instanceId: instance.id, endpointId: endpoint.id, values: {}, filters: {} }),
    ).toMatchObject({ ok: true })
  })
})

describe('if there is nothing to revoke', () => {
  test('no revoke URL: nothing is sent, and no message is shown', async () => {
    await authorised('')
    const before = await lastTokens()
    expect(await remove()).toMatchObject({ ok: true, value: { revocation: null } })
    expect(await lastTokens()).toBe(before)
    expect(
      await systemDb().auditLog.count({ where: { workspaceId: actor.workspaceId, action: 'revoke_tokens' } }),
    ).toBe(0)
  })

  test('no token yet', async () => {
    acme = await acmeConnector(actor.workspaceId, sandbox.url)
    method = await methodOf(acme, 'oauth2_authorization_code', {
      phases: [...oauthPhases, { kind: 'revoke', url: '/oauth/token/revocation' }],
    })
    instance = await acmeInstance(acme, method, {}, { status: 'awaiting_authorisation' })
    expect(await remove()).toMatchObject({ ok: true, value: { revocation: null } })
    expect(await sandbox.control.getRevocations()).toEqual([])
  })
})

describe('with a vendor’s own method', () => {
  test('with the token in a header: one request, judged by the method’s rule', async () => {
    acme = await acmeConnector(actor.workspaceId, sandbox.url)
    method = await methodOf(acme, 'oauth2_authorization_code', {
      options: {
        ...{ clientAuthentication: 'client_secret_post', pkce: 'off', scopeSeparator: ',', requestEncoding: 'json' },
        parameterNames: [
          { standard: 'client_id', sent: 'client_key' },
          { standard: 'code', sent: 'auth_code' },
        ],
        ...{ tokenPath: '$.data.token.access', refreshTokenPath: '$.data.token.refresh' },
      },
      phases: [
        { kind: 'authorise', url: '/vendor/authorize' },
        { kind: 'exchange', url: '/vendor/token', httpMethod: 'POST' },
        {
          kind: 'revoke',
          url: '/vendor/deauthorize',
          body: '{"access_token": "{{ access_token }}"}',
          bodyFormat: 'json',
          clientAuthentication: 'nothing',
          successRule: { jsonPath: '$[?@ == "ok"]' },
        },
      ],
    })
    instance = await acmeInstance(acme, method, {}, { status: 'awaiting_authorisation' })
    const values = { client_id: known.vendor.clientKey, client_secret: known.vendor.clientSecret, scope: 'orders' }
    await authorise(typedSettings(method, instance.name, values), (url) => decideAt(url, 'allow'))
    expect(await remove()).toMatchObject({ ok: true, value: { revocation: { revoked: true } } })
    expect(await sandbox.control.getRevocations()).toHaveLength(1)
  })

  test('a token that was obtained without a person', async () => {
    acme = await acmeConnector(actor.workspaceId, sandbox.url)
    const { basic } = known.serviceClients
    method = await methodOf(acme, 'oauth2_client_credentials', {
      phases: [
        { kind: 'exchange', url: '/oauth/token', httpMethod: 'POST' },
        { kind: 'revoke', url: '/oauth/token/revocation' },
      ],
    })
    instance = await acmeInstance(acme, method, {
      client_id: basic.id,
      client_secret: basic.secret,
      scope: 'orders.read',
    })
    const endpoint = await acmeEndpoint(acme, method, '/orders')
    expect(
      await sendEndpointRequest(actor, { instanceId: instance.id, endpointId: endpoint.id, values: {}, filters: {} }),
    ).toMatchObject({ ok: true, value: { response: { status: 200 } } })
    expect(await remove()).toMatchObject({ ok: true, value: { revocation: { revoked: true } } })
    expect(await sandbox.control.getRevocations()).toMatchObject([
      { tokenTypeHint: 'access_token', clientId: basic.id, status: 200 },
    ])
  })
})
