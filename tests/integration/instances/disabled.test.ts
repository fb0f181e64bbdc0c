import { beforeEach, describe, expect, test } from 'vitest'
import { loadCredentials } from '@/lib/credentials/credentials'
import { disableConnector } from '@/lib/connectors/disable-connector'
import { enableConnector } from '@/lib/connectors/enable-connector'
import type { PersonActor } from '@/lib/domain/access/actor'
import type { Result } from '@/lib/domain/result'
import { causeOf } from '@/lib/exchange/request-context'
import { runShape } from '@/lib/flows/run-shape'
import { disableInstance } from '@/lib/instances/disable-instance'
import { enableInstance } from '@/lib/instances/enable-instance'
import { systemDb } from '@/lib/platform/db/client'
import { tokenSourceOf } from '@/lib/tokens/token-source'
import { usableToken } from '@/lib/tokens/usable-token'
import { tryWithInstance } from '@/lib/trials/try-with-instance'
import { tryWithTypedValues } from '@/lib/trials/try-with-typed-values'
import { checkInstance } from '@/lib/verification/check-instance'
import {
  acmeBasicValues,
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  acmeOAuthValues,
  typedSettings,
  type Acme,
  type AcmeMethod,
} from '@/tests/support/acme-builders'
import { beginAs, completeAs } from '@/tests/support/authorise'
import { anActor, next } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { aFlowUsing } from '@/tests/support/endpoint-builders'
import { browserSecret, create, redirectUri, save, testConnection } from '@/tests/support/instance-inputs'
import { methodOf } from '@/tests/support/method-builders'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { anHttpServer, type TestServer } from '@/tests/support/servers'

/** Nothing is sent with a disabled instance, or with any instance of a disabled connector; everything stays stored. */

await testDatabase()

let actor: PersonActor
let server: TestServer
let acme: Acme
let method: AcmeMethod
let instance: { id: string; name: string }
let endpointId: string
let beforeResponse: () => Promise<unknown>

beforeEach(async () => {
  actor = await anActor('manager')
  beforeResponse = () => Promise.resolve()
  server = await anHttpServer(async (_request, response) => {
    await beforeResponse()
    response.end('{"access_token":"a-token","token_type":"Bearer","expires_in":3600}')
  })
  acme = await acmeConnector(actor.workspaceId, server.url)
  method = await acmeMethod(acme, 'basic')
  instance = await acmeInstance(acme, method, acmeBasicValues)
  endpointId = (await acmeEndpoint(acme, method, '/orders')).id
})

const disable = async () => valueOf(await disableInstance(actor, { instanceId: instance.id, confirmed: true }))
const disableAll = async () =>
  valueOf(await disableConnector(actor, { connectorId: acme.connectorId, confirmed: true }))
const enable = async () => valueOf(await enableInstance(actor, { instanceId: instance.id }))
const call = () => sendEndpointRequest(actor, { instanceId: instance.id, endpointId, values: {}, filters: {} })
const testRequest = { kind: 'test_request', step: 0 } as const
const connectorName = async () =>
  (await systemDb().connector.findFirstOrThrow({ where: { workspaceId: actor.workspaceId, id: acme.connectorId } }))
    .name
const audited = async () => {
  const rows = await systemDb().auditLog.findMany({ where: { workspaceId: actor.workspaceId }, orderBy: { at: 'asc' } })
  return rows.map(({ action, objectName }) => [action, objectName])
}

const when = /on \d{4}-\d\d-\d\d at \d\d:\d\d UTC/.source
const sentence = (what: string, noun: string) =>
  new RegExp(
    `^${what} was disabled by ${actor.label} ${when}\\. Enable it on the page of the ${noun} to use it again\\. Nothing was sent\\.$`,
  )

/** Everything that would send a request with the instance. */
const entryPoints: [string, () => Promise<Result<unknown>>][] = [
  ['a call of an endpoint', call],
  ['Check now', () => checkInstance(actor, { instanceId: instance.id })],
  ['Test instance connection', () => testConnection(actor, instance.id, method, acmeBasicValues)],
  ['Try it with a test request', () => tryWithInstance(actor, { instanceId: instance.id, request: testRequest })],
  [
    'Try it with an endpoint',
    () =>
      tryWithInstance(actor, {
        instanceId: instance.id,
        request: { kind: 'endpoint', endpointId, values: {}, filters: {} },
      }),
  ],
  [
    'Run this shape',
    async () => {
      const flow = await aFlowUsing(acme, { name: `Orders ${next()}`, instanceId: instance.id, endpointId })
      return runShape(actor, flow)
    },
  ],
]

describe('nothing is sent, and the same sentence says why', () => {
  test.each(entryPoints)('with a disabled instance: %s', async (_name, send) => {
    await disable()
    const refused = await send()
    expect(refused).toMatchObject({ ok: false, error: { code: 'disabled' } })
    expect(refused).toHaveProperty('error.message', expect.stringMatching(sentence(`“${instance.name}”`, 'instance')))
    expect(server.seen).toEqual([])
  })

  test.each(entryPoints)('with an instance of a disabled connector: %s', async (_name, send) => {
    await disableAll()
    const refused = await send()
    expect(refused).toMatchObject({ ok: false, error: { code: 'disabled' } })
    const what = `The connector “${await connectorName()}”`
    expect(refused).toHaveProperty('error.message', expect.stringMatching(sentence(what, 'connector')))
    expect(server.seen).toEqual([])
  })

  test('with values typed for a trial or a new instance of a disabled connector', async () => {
    await disableAll()
    const credentials = Object.fromEntries(
      Object.entries(acmeBasicValues).map(([key, value]) => [method.variables[key]!, value]),
    )
    const tried = await tryWithTypedValues(actor, { methodId: method.id, credentials, request: testRequest })
    expect(tried).toMatchObject({ ok: false, error: { code: 'disabled' } })
    expect(await create(actor, acme, method, acmeBasicValues)).toMatchObject({ ok: false, error: { code: 'disabled' } })
    expect(server.seen).toEqual([])
  })

  test('and an authorisation does not begin', async () => {
    const oauth = await acmeMethod(acme, 'oauth2_authorization_code')
    instance = await acmeInstance(acme, oauth, acmeOAuthValues, { status: 'awaiting_authorisation' })
    await disable()
    const settings = typedSettings(oauth, instance.name, acmeOAuthValues)
    const begun = await beginAs(actor, {
      instanceId: instance.id,
      settings,
      baseRevision: 1,
      browserSecret,
      redirectUri,
    })
    expect(begun).toMatchObject({ ok: false, error: { code: 'disabled' } })
  })
})

describe('a running authorisation', () => {
  beforeEach(async () => {
    method = await methodOf(acme, 'oauth2_authorization_code', {
      phases: [
        { kind: 'authorise', url: '/oauth/auth' },
        { kind: 'exchange', url: '/oauth/token', httpMethod: 'POST' },
        { kind: 'after_connect', url: '/me' },
      ],
    })
    instance = await acmeInstance(acme, method, {}, { status: 'awaiting_authorisation' })
  })

  const callback = async () => {
    const settings = typedSettings(method, instance.name, acmeOAuthValues)
    const begun = valueOf(
      await beginAs(actor, { instanceId: instance.id, settings, baseRevision: 1, browserSecret, redirectUri }),
    )
    const state = new URL(begun.redirectTo).searchParams.get('state')!
    return `${redirectUri}?${new URLSearchParams({ code: 'a-code', state }).toString()}`
  }

  test('requests no token when the instance is disabled before the callback', async () => {
    const url = await callback()
    await disable()
    expect(await completeAs(actor, url, browserSecret)).toMatchObject({ ok: false, error: { code: 'disabled' } })
    expect(server.seen).toEqual([])
  })

  test('runs the lookup if nothing is disabled', async () => {
    expect(await completeAs(actor, await callback(), browserSecret)).toMatchObject({ ok: true })
    expect(server.seen.map((request) => request.url)).toEqual(['/oauth/token', '/me'])
  })

  test('runs no lookup if the instance is disabled while the token is requested', async () => {
    const url = await callback()
    beforeResponse = disable
    await completeAs(actor, url, browserSecret)
    expect(server.seen.map((request) => request.url)).toEqual(['/oauth/token'])
  })
})

test('the second test request is not sent when the instance is disabled during the first', async () => {
  method = await methodOf(acme, 'basic', {
    phases: [
      { kind: 'verify', step: 0, url: '/first' },
      { kind: 'verify', step: 1, url: '/second' },
    ],
  })
  instance = await acmeInstance(acme, method, acmeBasicValues)
  await checkInstance(actor, { instanceId: instance.id })
  expect(server.seen.map((request) => request.url)).toEqual(['/first', '/second'])
  beforeResponse = disable
  await checkInstance(actor, { instanceId: instance.id })
  expect(server.seen.map((request) => request.url)).toEqual(['/first', '/second', '/first'])
})

describe('a token', () => {
  beforeEach(async () => {
    method = await methodOf(acme, 'oauth2_client_credentials', {
      phases: [{ kind: 'exchange', url: '/oauth/token', httpMethod: 'POST' }],
    })
    instance = await acmeInstance(acme, method, { ...acmeOAuthValues, scope: '' })
  })

  const obtain = async () => {
    const credentials = valueOf(await loadCredentials(actor.workspaceId, instance.id))
    const tokenRef = { workspaceId: actor.workspaceId, instanceId: instance.id, name: 'default' }
    return () => usableToken(tokenRef, tokenSourceOf(credentials, causeOf(actor, 'Get token'))!)
  }

  test('is not requested when the instance is disabled after its credentials were read', async () => {
    const request = await obtain()
    await disable()
    expect(await request()).toMatchObject({ ok: false, error: { code: 'disabled' } })
    expect(server.seen).toEqual([])
  })

  test('that was stored is still there afterwards', async () => {
    valueOf(await (await obtain())())
    await disable()
    await enable()
    expect(await (await obtain())()).toMatchObject({ ok: true, value: { accessToken: 'a-token' } })
    expect(server.seen).toHaveLength(1)
  })
})

test('an enabled instance sends again with its values', async () => {
  expect(await call()).toMatchObject({ ok: true })
  await disable()
  expect(await call()).toMatchObject({ ok: false })
  await enable()
  expect(await call()).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  expect(server.seen.map(({ headers }) => headers.authorization === undefined)).toEqual([false, false])
})

test('a disabled instance stays disabled when its connector is enabled', async () => {
  await disable()
  await disableAll()
  valueOf(await enableConnector(actor, { connectorId: acme.connectorId }))
  const refused = await call()
  expect(refused).toHaveProperty('error.message', expect.stringMatching(sentence(`“${instance.name}”`, 'instance')))
})

describe('settings of a disabled instance', () => {
  beforeEach(disable)

  test('that are no credentials are saved', async () => {
    expect(await save(actor, instance.id, method, {}, { name: 'Renamed' })).toMatchObject({
      ok: true,
      value: { kind: 'saved' },
    })
    expect(server.seen).toEqual([])
  })

  test('that are credentials are saved only without verifying', async () => {
    expect(await save(actor, instance.id, method, { password: 'another' })).toMatchObject({
      ok: true,
      value: { kind: 'unverified', report: { outcome: 'could_not_tell' } },
    })
    const intent = 'save_without_verifying'
    expect(await save(actor, instance.id, method, { password: 'another' }, { intent })).toMatchObject({
      ok: true,
      value: { kind: 'saved', verified: false },
    })
    expect(server.seen).toEqual([])
  })
})

describe('disabling', () => {
  test('asks first, with the number of shapes that stop working', async () => {
    const ask = () => disableInstance(actor, { instanceId: instance.id, confirmed: false })
    expect(await ask()).toMatchObject({
      error: {
        code: 'confirmation_needed',
        message: `No flow uses “${instance.name}”. Values and tokens stay stored.`,
      },
    })
    for (const state of ['draft', 'deployed', 'superseded'] as const)
      await aFlowUsing(acme, { name: `Flow ${next()}`, instanceId: instance.id, endpointId, state })
    const counted = 'in 2 flows. They stop working until you enable it again. Values and tokens stay stored.'
    expect(await ask()).toMatchObject({ error: { message: `2 shapes use “${instance.name}” ${counted}` } })
    expect(await disableConnector(actor, { connectorId: acme.connectorId, confirmed: false })).toMatchObject({
      error: { code: 'confirmation_needed', message: `2 shapes use “${await connectorName()}” ${counted}` },
    })
    expect(await call()).toMatchObject({ ok: true })
  })

  test('is in the audit log, once, however often it is confirmed', async () => {
    await Promise.all([disable(), disable()])
    await Promise.all([enable(), enable()])
    await disableAll()
    valueOf(await enableConnector(actor, { connectorId: acme.connectorId }))
    const connector = await connectorName()
    expect(await audited()).toEqual([
      ['disable_instance', instance.name],
      ['enable_instance', instance.name],
      ['disable_connector', connector],
      ['enable_connector', connector],
    ])
  })

  test('needs the role manager and an object in the same workspace', async () => {
    const user = await anActor('user', actor.workspaceId)
    const stranger = await anActor('administrator')
    const input = { instanceId: instance.id, confirmed: true }
    expect(await disableInstance(user, input)).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
    expect(await disableInstance(stranger, input)).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(await enableConnector(stranger, { connectorId: acme.connectorId })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })
})
