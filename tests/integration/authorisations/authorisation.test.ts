import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { retryAuthorisation } from '@/lib/authorisations/retry-authorisation'
import { needsAuthorisation } from '@/lib/authorisations/needs-authorisation'
import { waitingFor } from '@/lib/authorisations/overtaken'
import { discardPending } from '@/lib/authorisations/discard-pending'
import { sweepPendingAuthorisations } from '@/lib/authorisations/sweep-pending-authorisations'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import { beginAs, completeAs } from '@/tests/support/authorise'
import { contextOf } from '@/tests/support/permitted'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { browseAuthorisation } from '../../sandbox/browse-authorisation'
import { known } from '../../sandbox/known'
import { startSandbox } from '../../sandbox/sandbox'
import {
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  acmeOAuthValues,
  typedSettings,
  type Acme,
  type AcmeMethod,
} from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'

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

type MethodOptions = Parameters<typeof acmeMethod>[2]

async function setUp(given: MethodOptions = {}) {
  await sandbox.control.reset()
  actor = await anActor('manager')
  acme = await acmeConnector(actor.workspaceId, sandbox.url)
  method = await acmeMethod(acme, 'oauth2_authorization_code', given)
  instance = await acmeInstance(acme, method, {}, { status: 'awaiting_authorisation' })
  settings = typedSettings(method, instance.name, acmeOAuthValues)
}

beforeEach(() => setUp())

async function begin(
  given: { settings?: InstanceSettings; baseRevision?: number; as?: PersonActor; browserSecret?: string } = {},
) {
  const { revision } = await row()
  return beginAs(given.as ?? actor, {
    instanceId: instance.id,
    settings: given.settings ?? settings,
    baseRevision: given.baseRevision ?? revision,
    browserSecret: given.browserSecret ?? browserSecret,
    redirectUri,
  })
}

async function begun(given: Parameters<typeof begin>[0] = {}): Promise<string> {
  const result = await begin(given)
  if (!result.ok) throw new Error(result.error.message)
  return result.value.redirectTo
}

async function pendingNow() {
  const { revision } = await row()
  return (await waitingFor(await contextOf(actor), { id: instance.id, revision })).pending
}

function complete(callbackUrl: string, given: { as?: PersonActor; secret?: string | undefined } = {}) {
  return completeAs(given.as ?? actor, callbackUrl, 'secret' in given ? given.secret : browserSecret)
}

/** Begins an authorisation and goes through the third party. */
async function authorise(given: Parameters<typeof begin>[0] = {}) {
  return complete(await browseAuthorisation(await begun(given)))
}

const row = () => systemDb().instance.findFirstOrThrow({ where: { id: instance.id } })
const codeCalls = async () =>
  (await sandbox.control.getTokenCalls()).calls.filter(({ grantType }) => grantType === 'authorization_code').length

async function callOrders() {
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  return sendEndpointRequest(actor, { instanceId: instance.id, endpointId: endpoint.id, values: {}, filters: {} })
}

describe('an authorisation that is begun', () => {
  test('in several tabs at the same moment can only be completed in the last one', async () => {
    const begun = await Promise.all(Array.from({ length: 5 }, () => begin()))
    expect(begun.every(({ ok }) => ok)).toBe(true)
    const pending = await systemDb().pendingAuthorisation.findMany({
      where: { instanceId: instance.id },
      omit: { sealedSettings: false },
    })
    expect(pending).toHaveLength(5)
    const live = pending.filter(({ state }) => state === 'live')
    expect(live).toHaveLength(1)
    expect(pending.filter(({ sealedSettings }) => sealedSettings !== '')).toEqual(live)
  })
})

describe('an authorisation that is granted', () => {
  test('applies the pending values and the tokens, and the instance is connected and works', async () => {
    expect(await authorise()).toEqual({ ok: true, value: { instanceId: instance.id } })
    expect(await row()).toMatchObject({
      status: 'connected',
      statusReason: '',
      lastVerifiedById: actor.userId,
      revision: 2,
    })
    expect(await callOrders()).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  })

  test('is audited without the tokens', async () => {
    await authorise()
    const audit = await systemDb().auditLog.findMany({
      where: { workspaceId: actor.workspaceId },
      orderBy: { id: 'asc' },
    })
    expect(audit.map(({ action }) => action)).toEqual(['begin_authorisation', 'update_instance', 'authorise_instance'])
    expect(audit[1]).toMatchObject({
      changes: { fields: expect.arrayContaining([{ field: 'value', of: 'Client secret', how: 'set' }]) },
    })
    expect(audit[2]).toMatchObject({ changes: { fields: [{ field: 'tokens', how: 'set' }] } })
  })

  // Shows D17.
  test('the authorise request has a state of the method’s length and an S256 challenge, and neither verifier nor secret', async () => {
    const url = new URL(await begun())
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: known.clients.basic.id,
      redirect_uri: redirectUri,
      scope: acmeOAuthValues.scope,
      code_challenge_method: 'S256',
    })
    expect(url.searchParams.get('state')).toHaveLength(40)
    expect(url.href).not.toContain(known.clients.basic.secret)
  })

  test('the current settings do not change before the third party has confirmed', async () => {
    await begun()
    expect(await row()).toMatchObject({ status: 'awaiting_authorisation', revision: 1 })
    expect(await systemDb().instanceValue.count({ where: { instanceId: instance.id } })).toBe(0)
  })

  test('the database contains neither state, verifier, tokens nor pending secrets in plain text', async () => {
    const url = await begun()
    const state = new URL(url).searchParams.get('state')!
    const dump = async () => JSON.stringify(await sql(`SELECT p::text AS p FROM "PendingAuthorisation" p`))
    expect(await dump()).not.toContain(state)
    expect(await dump()).not.toContain(known.clients.basic.secret)
    await complete(await browseAuthorisation(url))
    const [call] = (await sandbox.control.getTokenCalls()).calls
    const everything =
      (await dump()) +
      JSON.stringify(await sql(`SELECT t::text FROM "InstanceToken" t`)) +
      JSON.stringify(await sql(`SELECT v::text FROM "InstanceValue" v WHERE "sealedValue" IS NOT NULL`))
    for (const secret of [known.clients.basic.secret, call!.parameters.code!, call!.parameters.code_verifier!])
      expect(everything).not.toContain(secret)
    expect(url).not.toContain(call!.parameters.code_verifier!)
  })

  test('the pending secrets are deleted once they are applied', async () => {
    await authorise()
    const [pending] = await systemDb().pendingAuthorisation.findMany({
      where: { instanceId: instance.id },
      omit: { sealedSettings: false, sealedVerifier: false },
    })
    expect(pending).toMatchObject({ state: 'consumed', sealedSettings: '', sealedVerifier: null })
    expect(await pendingNow()).toBeNull()
  })

  test('works with the client secret in the body, and for a public client with PKCE only', async () => {
    await setUp({ options: { clientAuthentication: 'client_secret_post' } })
    const post = {
      client_id: known.clients.post.id,
      client_secret: known.clients.post.secret,
      scope: acmeOAuthValues.scope,
    }
    expect(await authorise({ settings: typedSettings(method, instance.name, post) })).toMatchObject({ ok: true })
    await setUp({ options: { clientAuthentication: 'none' } })
    const open = { client_id: known.clients.public.id, scope: acmeOAuthValues.scope }
    expect(await authorise({ settings: typedSettings(method, instance.name, open) })).toMatchObject({ ok: true })
  })

  test('reads a form-encoded response', async () => {
    await sandbox.control.answerToken({ answer: { kind: 'form' } })
    expect(await authorise()).toMatchObject({ ok: true })
  })
})

// Shows D11.
describe('a refusal leaves the current settings unchanged:', () => {
  /** A working instance, and new values to replace its own. */
  beforeEach(async () => {
    await authorise()
    settings = typedSettings(method, `${instance.name} changed`, { scope: 'orders.read' })
  })

  async function expectUntouched() {
    expect(await row()).toMatchObject({ name: instance.name, status: 'connected', revision: 2 })
    expect(await callOrders()).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  }

  async function expectRefused(
    code: string,
    result: ReturnType<typeof complete>,
    given: { canRetry?: boolean; tellsInstance?: boolean } = {},
  ) {
    const { canRetry = false, tellsInstance = true } = given
    const refused = await result
    expect(refused).toMatchObject({
      ok: false,
      error: { code, canRetry, instance: tellsInstance ? { id: instance.id } : null },
    })
    await expectUntouched()
    return refused
  }

  test('denied consent; the values stay pending and can be used again without typing', async () => {
    const denied = await browseAuthorisation(await begun(), { decision: 'Deny' })
    await expectRefused('authorisation_denied', complete(denied), { canRetry: true })
    await expectRefused('state_used', complete(denied), { canRetry: true })
    expect(await pendingNow()).toMatchObject({
      settings: { values: [{ variableId: method.variables.scope }] },
      live: false,
    })
    const again = await beginAs(actor, {
      instanceId: instance.id,
      reusePending: true,
      browserSecret,
      redirectUri,
    })
    expect(again).toMatchObject({ ok: true })
    expect(
      await complete(await browseAuthorisation((again as { value: { redirectTo: string } }).value.redirectTo)),
    ).toMatchObject({ ok: true })
    expect(await row()).toMatchObject({ name: `${instance.name} changed` })
  })

  test('a used state, also when the callback is loaded twice at once', async () => {
    const callback = await browseAuthorisation(await begun({ settings: typedSettings(method, instance.name, {}) }))
    const before = await codeCalls()
    const results = await Promise.all([complete(callback), complete(callback)])
    expect(results.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(await complete(callback)).toMatchObject({ ok: false, error: { code: 'state_used', canRetry: false } })
    expect(await codeCalls()).toBe(before + 1)
  })

  test('an unknown state', async () => {
    const callback = new URL(await browseAuthorisation(await begun()))
    callback.searchParams.set('state', 'A'.repeat(40))
    await expectRefused('state_unknown', complete(callback.href), { tellsInstance: false })
  })

  test('a callback without a state, and one with two', async () => {
    const callback = new URL(await browseAuthorisation(await begun()))
    const twice = new URL(callback)
    twice.searchParams.append('state', 'another')
    await expectRefused('state_unknown', complete(twice.href), { tellsInstance: false })
    callback.searchParams.delete('state')
    await expectRefused('state_unknown', complete(callback.href), { tellsInstance: false })
  })

  test('a state that has expired', async () => {
    const callback = await browseAuthorisation(await begun())
    await sql(`UPDATE "PendingAuthorisation" SET "expiresAt" = now() - interval '1 s' WHERE "instanceId" = $1`, [
      instance.id,
    ])
    await expectRefused('state_expired', complete(callback), { canRetry: true })
    await sweepPendingAuthorisations(new Date())
    await expectRefused('state_expired', complete(callback), { canRetry: true })
  })

  test('a state that has expired leaves what was typed for a day, sealed, to try again with', async () => {
    const callback = await browseAuthorisation(await begun())
    const age = (interval: string) =>
      sql(
        `UPDATE "PendingAuthorisation" SET "createdAt" = now() - $2::interval,
         "expiresAt" = now() - $2::interval + interval '10 minutes' WHERE "instanceId" = $1`,
        [instance.id, interval],
      )
    await age('23 hours')
    await sweepPendingAuthorisations(new Date())
    const [kept] = await sql<{ verifier: string | null }>(
      `SELECT "sealedVerifier" AS "verifier" FROM "PendingAuthorisation" WHERE "instanceId" = $1`,
      [instance.id],
    )
    expect(kept!.verifier).toBeNull()
    expect(await pendingNow()).toMatchObject({
      settings: { values: [{ variableId: method.variables.scope }] },
      live: false,
    })
    const again = await beginAs(actor, { instanceId: instance.id, reusePending: true, browserSecret, redirectUri })
    expect(again).toMatchObject({ ok: true })

    await age('24 hours')
    await sweepPendingAuthorisations(new Date())
    expect(await pendingNow()).toBeNull()
    expect(
      await sql(`SELECT 1 FROM "PendingAuthorisation" WHERE "instanceId" = $1 AND "sealedSettings" <> ''`, [
        instance.id,
      ]),
    ).toEqual([])
    await expectRefused('state_superseded', complete(callback))
  })

  test('a state that a newer authorisation has superseded', async () => {
    const older = await browseAuthorisation(await begun())
    await begun()
    await expectRefused('state_superseded', complete(older))
  })

  test('a state of values that were discarded', async () => {
    const callback = await browseAuthorisation(await begun())
    expect(await discardPending(actor, { instanceId: instance.id })).toMatchObject({ ok: true })
    await expectRefused('state_superseded', complete(callback))
  })

  // Shows D13.
  test('another person, who sees nothing about the instance and whose visit does not consume the state', async () => {
    const url = await begun()
    const callback = await browseAuthorisation(url)
    const before = await codeCalls()
    const colleague = await anActor('administrator', actor.workspaceId)
    await expectRefused('state_foreign', complete(callback, { as: colleague }), { tellsInstance: false })
    const stranger = await anActor('administrator')
    await expectRefused('state_foreign', complete(callback, { as: stranger }), { tellsInstance: false })
    expect(await codeCalls()).toBe(before)
    expect(await complete(callback)).toMatchObject({ ok: true })
  })

  test('another browser, or no cookie: the code is never exchanged', async () => {
    const callback = await browseAuthorisation(await begun())
    const before = await codeCalls()
    await expectRefused('state_foreign', complete(callback, { secret: 'another-browser' }), { tellsInstance: false })
    await expectRefused('state_foreign', complete(callback, { secret: undefined }), { tellsInstance: false })
    expect(await codeCalls()).toBe(before)
  })

  test('a person who has lost their role: nothing is looked up, and the code is never exchanged', async () => {
    const callback = await browseAuthorisation(await begun())
    const before = await codeCalls()
    const refused = await complete(callback, { as: { ...actor, role: 'read_only' } })
    expect(refused).toEqual({ ok: false, error: { code: 'not_allowed', message: expect.stringContaining('role') } })
    await expectUntouched()
    expect(await codeCalls()).toBe(before)
    expect(await pendingNow()).toMatchObject({ live: true })
  })

  test('no code', async () => {
    const callback = new URL(await browseAuthorisation(await begun()))
    callback.searchParams.delete('code')
    await expectRefused('code_missing', complete(callback.href), { canRetry: true })
  })

  test.each([
    ['an issuer', 'iss', 'https://evil.example'],
    ['a code', 'code', 'another'],
    ['an error', 'error', 'access_denied'],
  ])('a repeated parameter with %s: the code is never exchanged', async (_what, name, value) => {
    const callback = new URL(await browseAuthorisation(await begun()))
    for (const each of [value, value]) callback.searchParams.append(name, each)
    const before = await codeCalls()
    await expectRefused('parameter_repeated', complete(callback.href), { canRetry: true })
    expect(await codeCalls()).toBe(before)
  })

  test('a different issuer: the code is never exchanged', async () => {
    await sandbox.control.setIssuerParameter({ mode: 'wrong' })
    const callback = await browseAuthorisation(await begun())
    const before = await codeCalls()
    await expectRefused('issuer_mismatch', complete(callback), { canRetry: true })
    expect(await codeCalls()).toBe(before)
  })

  test('an authentication method that was changed in the meantime', async () => {
    const callback = await browseAuthorisation(await begun())
    await systemDb().authenticationMethod.updateMany({ where: { id: method.id }, data: { revision: { increment: 1 } } })
    await expectRefused('method_changed', complete(callback), { canRetry: true })
  })

  test('a token URL that was changed in the meantime through the base URL', async () => {
    await sql(`UPDATE "AuthenticationPhase" SET "url" = '/oauth/token' WHERE "methodId" = $1 AND "kind" = 'exchange'`, [
      method.id,
    ])
    const callback = await browseAuthorisation(await begun())
    await systemDb().connector.updateMany({ where: { id: acme.connectorId }, data: { baseUrl: sandbox.evilUrl } })
    await systemDb().connectorOrigin.create({
      data: {
        workspaceId: actor.workspaceId,
        connectorId: acme.connectorId,
        origin: new URL(sandbox.evilUrl).origin,
        confirmedAt: new Date(),
      },
    })
    expect(await complete(callback)).toMatchObject({ ok: false })
    expect(await sandbox.control.getRequests({ server: 'evil' })).toEqual([])
  })

  test('an instance that was changed in the meantime: the error names the other person', async () => {
    const callback = await browseAuthorisation(await begun())
    await systemDb().instance.updateMany({
      where: { id: instance.id },
      data: { revision: { increment: 1 }, updatedById: actor.userId },
    })
    const refused = await complete(callback)
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else', canRetry: false, message: expect.stringContaining(actor.label) },
    })
    expect(await callOrders()).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  })

  test('a name that was taken in the meantime: nothing is stored', async () => {
    const callback = await browseAuthorisation(await begun())
    await acmeInstance(acme, method, {}, { name: `${instance.name} changed` })
    await expectRefused('name_taken', complete(callback))
  })

  const answers = [
    ['an OAuth error', { kind: 'error', error: 'invalid_client', description: 'planted description' }, 'token_refused'],
    ['nonsense', { kind: 'nonsense' }, 'invalid_answer'],
    ['an HTML page', { kind: 'html' }, undefined],
    ['no token at the configured key', { kind: 'no_token' }, 'no_token'],
    ['more than 10 MB', { kind: 'huge' }, 'answer_too_large'],
    ['a broken connection', { kind: 'disconnect' }, 'connection_failed'],
  ] as const

  for (const [what, answer, code] of answers) {
    test(`a token endpoint that responds with ${what}`, async () => {
      await sandbox.control.answerToken({ answer, times: 1 })
      const refused = await complete(await browseAuthorisation(await begun()))
      expect(refused).toMatchObject({ ok: false, error: { canRetry: true, ...(code && { code }) } })
      await expectUntouched()
    })
  }

  test('a token endpoint that never responds', async () => {
    await sql(`UPDATE "AuthenticationMethod" SET "timeoutSeconds" = 1 WHERE "id" = $1`, [method.id])
    await sandbox.control.answerToken({ answer: { kind: 'never' }, times: 1 })
    await expectRefused('timed_out', authorise(), { canRetry: true })
  })

  test('a token endpoint that redirects: credentials are not sent to the new address', async () => {
    await sql(`UPDATE "AuthenticationPhase" SET "url" = $2 WHERE "methodId" = $1 AND "kind" = 'exchange'`, [
      method.id,
      `${sandbox.url}/misbehaving/redirect-other-origin`,
    ])
    const refused = await complete(await browseAuthorisation(await begun()))
    expect(refused).toMatchObject({ ok: false, error: { code: 'host_not_allowed' } })
    expect(await sandbox.control.getRequests({ server: 'evil' })).toEqual([])
  })
})

// Shows D12.
describe('a mix-up attack by another server', () => {
  /** A method of a malicious server, which redirects people to the honest one to get its code. */
  async function aMaliciousMethod(options: NonNullable<MethodOptions>['options'] = {}) {
    acme = await acmeConnector(actor.workspaceId, sandbox.evilUrl)
    method = await acmeMethod(acme, 'oauth2_authorization_code', {
      options,
      authoriseUrl: `${sandbox.evilUrl}/authorize`,
      tokenUrl: `${sandbox.evilUrl}/token`,
    })
    instance = await acmeInstance(acme, method, {}, { status: 'awaiting_authorisation' })
    settings = typedSettings(method, instance.name, acmeOAuthValues)
    await sandbox.control.setEvilMode({ mode: 'mix_up' })
  }

  const codesStolen = async () => (await sandbox.control.getRequests({ server: 'evil', path: '/token' })).length

  test('gets no code: the response names the honest server', async () => {
    await aMaliciousMethod()
    expect(await authorise()).toMatchObject({ ok: false, error: { code: 'issuer_mismatch' } })
    expect(await codesStolen()).toBe(0)
  })

  test('gets no code if the method has an expected issuer', async () => {
    await aMaliciousMethod({ issuer: sandbox.evilUrl })
    expect(await authorise()).toMatchObject({ ok: false, error: { code: 'issuer_mismatch' } })
    expect(await codesStolen()).toBe(0)
  })

  test('gets no code if an issuer is advertised and the response has none', async () => {
    await aMaliciousMethod({ issuer: sandbox.evilUrl, issuerAdvertised: true })
    await sandbox.control.setIssuerParameter({ mode: 'absent' })
    expect(await authorise()).toMatchObject({ ok: false, error: { code: 'issuer_mismatch' } })
    expect(await codesStolen()).toBe(0)
  })

  test('only the exact issuer of the honest server is accepted', async () => {
    await setUp({ options: { issuer: `${sandbox.url}/oauth` } })
    expect(await authorise()).toMatchObject({ ok: true })
    await setUp({ options: { issuer: `${sandbox.url}/oauth/` } })
    expect(await authorise()).toMatchObject({ ok: false, error: { code: 'issuer_mismatch' } })
  })
})

describe('refused before the person leaves:', () => {
  test('a form with an outdated revision', async () => {
    expect(await begin({ baseRevision: 7 })).toMatchObject({ ok: false, error: { code: 'changed_by_someone_else' } })
  })

  test('an authorise URL or token URL that no administrator has confirmed', async () => {
    await systemDb().connectorOrigin.updateMany({
      where: { connectorId: acme.connectorId },
      data: { confirmedAt: null },
    })
    expect(await begin()).toMatchObject({ ok: false, error: { code: 'origin_not_confirmed' } })
  })

  test('a callback URL that is not this installation’s', async () => {
    const elsewhere = typedSettings(method, instance.name, {
      ...acmeOAuthValues,
      dashboard_oauth_callback_url: 'https://evil.test/oauth/authenticate',
    })
    expect(await begin({ settings: elsewhere })).toMatchObject({ ok: false, error: { code: 'invalid_value' } })
  })

  test('a missing client secret', async () => {
    const without = typedSettings(method, instance.name, { client_id: 'acme-basic' })
    expect(await begin({ settings: without })).toMatchObject({
      ok: false,
      error: { code: 'missing_value', field: `values.${method.variables.client_secret}` },
    })
  })

  test('another workspace’s instance, and a person who may not change', async () => {
    expect(await retryAuthorisation({ ...actor, role: 'user' }, { instanceId: instance.id })).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    })
    expect(await begin({ as: await anActor('administrator') })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })
})

describe('when saving needs the third party (DATA §8)', () => {
  const needs = async (values: Record<string, string | null>, given: Partial<InstanceSettings> = {}) =>
    needsAuthorisation(await contextOf(actor), instance.id, typedSettings(method, 'A new name', values, given))

  test('an instance without a grant needs it', async () => {
    expect(await needs(acmeOAuthValues)).toEqual({ ok: true, value: true })
  })

  test('a connected one needs it only if a value used in authentication changed', async () => {
    await authorise()
    expect(await needs({})).toEqual({ ok: true, value: false })
    expect(await needs({ scope: acmeOAuthValues.scope })).toEqual({ ok: true, value: false })
    expect(await needs({ scope: 'orders.read' })).toEqual({ ok: true, value: true })
    expect(await needs({ client_secret: 'another' })).toEqual({ ok: true, value: true })
  })

  test('one that needs authorising again needs it', async () => {
    await authorise()
    await systemDb().instance.updateMany({ where: { id: instance.id }, data: { status: 'needs_authorising_again' } })
    expect(await needs({})).toEqual({ ok: true, value: true })
  })
})

describe('the life of a grant', () => {
  test('a revoked refresh token needs authorising again, which fixes it', async () => {
    await authorise()
    await sandbox.control.expireAccessTokens()
    await sandbox.control.revokeRefreshTokens()
    expect(await callOrders()).toMatchObject({ ok: false, error: { code: 'needs_authorising_again' } })
    expect(await row()).toMatchObject({
      status: 'needs_authorising_again',
      statusReason: expect.stringContaining('invalid_grant'),
    })
    expect(await authorise({ settings: typedSettings(method, instance.name, {}) })).toMatchObject({ ok: true })
    expect(await callOrders()).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  })

  test('an access token that expired early is refreshed once after the 401, and the request is repeated once', async () => {
    await authorise()
    await sandbox.control.expireAccessTokens()
    expect(await callOrders()).toMatchObject({ ok: true, value: { response: { status: 200 }, attempts: 2 } })
    expect((await sandbox.control.getTokenCalls()).counts).toBeDefined()
    expect(await callOrders()).toMatchObject({ ok: true, value: { attempts: 1 } })
  })

  test('many requests that are refused with the same token cause one refresh, and all are repeated', async () => {
    await authorise()
    await sandbox.control.expireAccessTokens()
    await sandbox.control.setTokenDelay({ beforeMs: 500 })
    const reports = await Promise.all(Array.from({ length: 20 }, callOrders))
    expect(reports.every((report) => report.ok && report.value.response.status === 200)).toBe(true)
    expect(
      (await sandbox.control.getTokenCalls()).calls.filter(({ grantType }) => grantType === 'refresh_token'),
    ).toHaveLength(1)
  })

  test('a running refresh of the earlier grant cannot overwrite the new one', async () => {
    await authorise()
    await sandbox.control.expireAccessTokens()
    await sandbox.control.holdTokenCalls({ at: 'after_commit' })
    const late = callOrders()
    await sandbox.control.waitForHeldTokenCalls({ count: 1 })
    const callback = await browseAuthorisation(await begun({ settings: typedSettings(method, instance.name, {}) }))
    const completing = complete(callback)
    await sandbox.control.waitForHeldTokenCalls({ count: 2 })
    await sandbox.control.releaseTokenCalls()
    expect(await completing).toMatchObject({ ok: true })
    await late
    expect(await callOrders()).toMatchObject({ ok: true, value: { response: { status: 200 } } })
    expect(await row()).toMatchObject({ status: 'connected' })
  })

  test('a token that is about to expire is refreshed before the request', async () => {
    await sandbox.control.setTokenLifetime({ seconds: 2 })
    await authorise()
    await sandbox.control.setTokenLifetime({ seconds: 3600 })
    const isOver = () =>
      sql(`SELECT FROM "InstanceToken" WHERE "instanceId" = $1 AND "expiresAt" < clock_timestamp()`, [instance.id])
    await expect.poll(isOver, { timeout: 10_000 }).toHaveLength(1)
    expect(await callOrders()).toMatchObject({ ok: true, value: { response: { status: 200 }, attempts: 1 } })
  })

  test('a client without refresh tokens needs authorising again when its token has expired', async () => {
    const once = {
      client_id: known.clients.once.id,
      client_secret: known.clients.once.secret,
      scope: acmeOAuthValues.scope,
    }
    await authorise({ settings: typedSettings(method, instance.name, once) })
    expect(await callOrders()).toMatchObject({ ok: true, value: { response: { status: 200 } } })
    await sandbox.control.expireAccessTokens()
    expect(await callOrders()).toMatchObject({ ok: false, error: { code: 'needs_authorising_again' } })
  })
})

// Shows D14.
test('no secret is in any log row, body, audit entry or error', async () => {
  await authorise()
  await sandbox.control.expireAccessTokens()
  await callOrders()
  await sandbox.control.answerToken({
    answer: { kind: 'error', error: 'invalid_client', description: `secret ${known.clients.basic.secret} is wrong` },
    times: 1,
  })
  const refused = await authorise({ settings: typedSettings(method, instance.name, { scope: 'orders.read' }) })
  await sandbox.control.answerToken({ answer: { kind: 'nested' }, times: 1 })
  const unread = await authorise({ settings: typedSettings(method, instance.name, { scope: 'orders.read' }) })
  const { openLoggedBodies } = await import('../../support/open-logged-bodies')
  const seen = [
    JSON.stringify([refused, unread]),
    JSON.stringify(await sql(`SELECT l::text FROM "RequestLog" l`)),
    JSON.stringify(await sql(`SELECT a::text FROM "AuditLog" a`)),
    JSON.stringify(await sql(`SELECT i::text FROM "Instance" i`)),
    JSON.stringify(await openLoggedBodies()),
  ].join('\n')
  const calls = (await sandbox.control.getTokenCalls()).calls
  const planted = [
    known.clients.basic.secret,
    ...calls.flatMap(({ parameters }) => [parameters.code, parameters.code_verifier, parameters.refresh_token]),
  ].filter((value) => value !== undefined)
  const used = (await sandbox.control.getRequests({ path: '/orders' })).map(({ headers }) =>
    (headers.authorization ?? '').replace('Bearer ', ''),
  )
  expect(planted.length).toBeGreaterThan(4)
  expect(used.filter((token) => token.length > 10).length).toBeGreaterThan(0)
  for (const secret of [...planted, ...used])
    expect(seen.includes(secret), `a secret of ${secret.length} characters`).toBe(false)
})
