import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createConnectorAction } from '@/lib/connectors/actions'
import { systemDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import type { PersonActor } from '@/lib/domain/access/actor'
import { endpointDefaults } from '@/lib/endpoints/fields'
import { createEndpointAction, saveEndpointAction } from '@/lib/endpoints/actions'
import { createFlowAction } from '@/lib/flows/actions'
import { idleForm, type FormAction, fieldErrorsOfRefusal } from '@/lib/platform/forms/form-state'
import { isSignedOut } from '@/lib/platform/session/signed-out'
import { createInstanceAction, saveInstanceAction } from '@/lib/instances/actions'
import { createMethodAction, saveMethodAction } from '@/lib/authentication-methods/actions'
import { importConnector } from '@/lib/imports/import-connector'
import { saveShapeAction } from '@/lib/flows/shape-actions'
import { listRequests } from '@/lib/request-log/list-requests'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { setSessionCookie } from '@/lib/platform/session/cookie'
import { startSandbox, type Sandbox } from '@/tests/sandbox/sandbox'
import {
  acmeBasicValues,
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  type Acme,
  type AcmeMethod,
} from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { aFlowUsing } from '@/tests/support/endpoint-builders'
import { brokenTexts, unseenCharacters } from '@/tests/support/hostile-inputs'
import { browser } from '@/tests/support/request-scope'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)
vi.mock('next/navigation', async () => (await import('@/tests/support/request-scope')).nextNavigation)
vi.mock('next/cache', () => ({ refresh: () => {} }))

/** Bad input and bad responses lead to a clear message on the field or the run, and nothing is lost. */

await testDatabase()

let sandbox: Sandbox
let manager: PersonActor
let acme: Acme
let method: AcmeMethod
let instanceId: string
let ordersId: string

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())

beforeEach(async () => {
  await sandbox.control.reset()
  manager = await anActor('manager')
  browser.cookies.clear()
  await setSessionCookie(manager)
  acme = await acmeConnector(manager.workspaceId, sandbox.url)
  method = await acmeMethod(acme, 'basic')
  instanceId = (await acmeInstance(acme, method, acmeBasicValues)).id
  ordersId = (await acmeEndpoint(acme, method, '/orders')).id
})

const form = (values: Record<string, string>) => {
  const data = new FormData()
  for (const [name, value] of Object.entries(values)) data.set(name, value)
  return data
}

const connector = {
  name: 'New',
  versionLabel: '',
  description: '',
  systemType: 'other',
  baseUrl: 'https://api.acme.test',
  dateFormat: 'YYYY',
  rateLimitAmount: '',
  rateLimitUnit: 'second',
  documentationUrl: '',
  colour: '',
  allowedHosts: '',
}
const endpoint = () => ({
  connectorId: acme.connectorId,
  name: 'New',
  entityType: '',
  direction: 'receive',
  httpMethod: 'GET',
  url: '/x',
})
const methodForm = () => ({
  connectorId: acme.connectorId,
  name: 'New',
  type: 'basic',
  timeoutSeconds: '30',
  documentationUrl: '',
})
const long = 'x'.repeat(20_000)
const control = 'a\u0007b'
const script = 'javascript:alert(document.cookie)'

type Case = { what: string; field: string; act: (typed: string) => ReturnType<FormAction> }

const fields: Case[] = [
  {
    what: 'the name of a connector',
    field: 'name',
    act: (name) => createConnectorAction(idleForm, form({ ...connector, name })),
  },
  {
    what: 'the version of a connector',
    field: 'versionLabel',
    act: (versionLabel) => createConnectorAction(idleForm, form({ ...connector, versionLabel })),
  },
  {
    what: 'the base URL of a connector',
    field: 'baseUrl',
    act: (baseUrl) => createConnectorAction(idleForm, form({ ...connector, baseUrl })),
  },
  {
    what: 'the link to a connector’s documentation',
    field: 'documentationUrl',
    act: (documentationUrl) => createConnectorAction(idleForm, form({ ...connector, documentationUrl })),
  },
  {
    what: 'the allowed hosts of a connector',
    field: 'allowedHosts',
    act: (allowedHosts) => createConnectorAction(idleForm, form({ ...connector, allowedHosts })),
  },
  {
    what: 'the name of a method',
    field: 'name',
    act: (name) => createMethodAction(idleForm, form({ ...methodForm(), name })),
  },
  {
    what: 'the link to a method’s documentation',
    field: 'documentationUrl',
    act: (documentationUrl) => createMethodAction(idleForm, form({ ...methodForm(), documentationUrl })),
  },
  {
    what: 'the name of an endpoint',
    field: 'name',
    act: (name) => createEndpointAction(idleForm, form({ ...endpoint(), name })),
  },
  {
    what: 'the entity type of an endpoint',
    field: 'entityType',
    act: (entityType) => createEndpointAction(idleForm, form({ ...endpoint(), entityType })),
  },
  {
    what: 'the URL of an endpoint',
    field: 'url',
    act: (url) => createEndpointAction(idleForm, form({ ...endpoint(), url })),
  },
  {
    what: 'the name of a flow',
    field: 'name',
    act: (name) => createFlowAction(idleForm, form({ name, description: '' })),
  },
]
const names = fields.filter(({ field }) => field === 'name')
const documentation = fields.filter(({ field }) => field === 'documentationUrl')
const links = fields.filter(({ field }) => ['baseUrl', 'documentationUrl', 'url'].includes(field))

const everything = async () => {
  const where = { workspaceId: manager.workspaceId }
  return Promise.all([
    systemDb().connector.count({ where }),
    systemDb().authenticationMethod.count({ where }),
    systemDb().endpoint.count({ where }),
    systemDb().flow.count({ where }),
  ])
}

async function expectRefused(act: () => ReturnType<FormAction>, field: string, typed: string) {
  const before = await everything()
  const state = await act()
  expect(state).toMatchObject({
    status: 'invalid',
    fieldErrors: { [field]: expect.stringMatching(/^[A-Z“"].{8,}[.…]$/s) },
  })
  // The typed text is returned, so that it can be corrected.
  expect(state).toMatchObject({ values: { [field]: typed } })
  expect(await everything()).toEqual(before)
}

describe('typed input', () => {
  test.each(fields)('$what: 10,000 characters', ({ field, act }) => expectRefused(() => act(long), field, long))
  test.each(fields)('$what: control characters', ({ field, act }) => expectRefused(() => act(control), field, control))
  test.each(links)('$what: javascript:', ({ field, act }) => expectRefused(() => act(script), field, script))

  test.each(names)('$what: invisible characters', async ({ field, act }) => {
    for (const character of unseenCharacters) {
      const typed = `Or${character}ders`
      await expectRefused(() => act(typed), field, typed)
    }
    await expectRefused(() => act('\u00ad'), field, '\u00ad')
  })

  test.each(documentation)('$what: a username, a password, a line break', async ({ field, act }) => {
    for (const typed of ['https://dana:planted@docs.acme.test', 'https://docs.acme.test/\r\nX'])
      await expectRefused(() => act(typed), field, typed)
  })

  test.each([
    ['half of a surrogate pair', '"name":"a\\ud800b"', 'name: This text contains a broken character. Remove it.'],
    ['an invisible character', '"name":"a\\u202eb"', 'name: This name contains an invisible character.'],
    [
      'a hidden character of a method',
      '"name":"x","methods":[{"type":"basic","name":"a\\u200bb"}]',
      'methods.0.name: This name',
    ],
    [
      'a password in a link',
      '"name":"x","documentationUrl":"https://a:b@docs.acme.test"',
      'documentationUrl: Remove the',
    ],
    [
      'half of a surrogate pair in nested JSON',
      '"name":"x","endpoints":[{"name":"y","url":"/y","pagination":{"type":"next_url","from":"\\udc00"}}]',
      'endpoints.0.pagination.from: This text',
    ],
  ])('a document with %s is refused with the path', async (_what, content, message) => {
    const before = await everything()
    const refused = await importConnector(manager, {
      document: `{"patchbay":1,"kind":"connector",${content}}`,
      name: '',
    })
    expect(refused).toMatchObject({
      ok: false,
      error: { field: 'document', message: expect.stringContaining(message) },
    })
    expect(await everything()).toEqual(before)
  })

  test('10,000 characters and control characters in the name of an instance, new or not', async () => {
    const details = {
      name: '',
      timeZone: 'UTC',
      dateFormat: '',
      rateLimitAmount: '',
      rateLimitUnit: 'second',
      maxConcurrent: '',
    } as const
    for (const name of [long, control, ...brokenTexts, 'a\u202eb']) {
      const rest = { details: { ...details, name }, values: {}, certificate: { kind: 'keep' } } as const
      const created = await createInstanceAction({
        connectorId: acme.connectorId,
        methodId: method.id,
        ...rest,
        withoutVerifying: false,
      })
      const saved = await saveInstanceAction({ instanceId, revision: 1, ...rest, intent: 'save' })
      for (const answer of [created, saved])
        expect(answer).toMatchObject({ kind: 'refused', form: { fieldErrors: { name: expect.any(String) } } })
    }
    expect(await sandbox.control.getRequests()).toEqual([])
  })

  test('a secret of an instance that cannot be sent is an error on its field, and not echoed', async () => {
    const details = {
      name: 'x',
      timeZone: 'UTC',
      dateFormat: '',
      rateLimitAmount: '',
      rateLimitUnit: 'second',
      maxConcurrent: '',
    } as const
    for (const secret of ['planted\r\nX-Admin: 1', `planted${long}`]) {
      const values = { [method.variables.password!]: secret }
      const answer = await saveInstanceAction({
        instanceId,
        revision: 1,
        details,
        values,
        certificate: { kind: 'keep' },
        intent: 'save',
      })
      expect(answer).toMatchObject({
        kind: 'refused',
        form: { fieldErrors: { [`values.${method.variables.password}`]: expect.any(String) } },
      })
      expect(JSON.stringify(answer)).not.toContain('planted')
    }
    expect(await sandbox.control.getRequests()).toEqual([])
  })
})

const parameter = (location: 'header' | 'url' | 'body', key: string, value: string) => ({
  id: null,
  place: location,
  key,
  value,
  required: true,
  displayName: '',
  helpText: '',
})

function endpointWith(change: object) {
  const details = { endpointId: ordersId, revision: 1, name: 'Orders', httpMethod: 'GET', url: '/orders' }
  return saveEndpointAction({ ...endpointDefaults, ...details, parameters: [], ...change } as never)
}

describe('the content of a definition', () => {
  test.each([
    [
      'a header whose value breaks the line',
      { parameters: [parameter('header', 'X-Shop', 'a\r\nX-Admin: 1')] },
      'parameters.0.value',
    ],
    [
      'a header whose name breaks the line',
      { parameters: [parameter('header', 'X-Shop\r\nX-Admin', '1')] },
      'parameters.0.key',
    ],
    [
      'a header that is the transport’s own',
      { parameters: [parameter('header', 'Content-Length', '1')] },
      'parameters.0.key',
    ],
    ['a template with code', { url: '/orders/{% if x %}' }, 'url'],
    ['an unclosed template', { url: '/orders/{{ account' }, 'url'],
    ['a body that is not JSON', { httpMethod: 'POST', bodyFormat: 'json', body: '{ "a": ' }, 'body'],
    ['an invalid data path', { dataPath: '$[' }, 'dataPath'],
    ['an invalid path of the next page', { pagination: { type: 'next_url', from: '$[' } }, 'pagination.from'],
    ['half of a surrogate pair in a body', { bodyFormat: 'text', body: 'a\ud800b' }, 'body'],
    ['half of a surrogate pair in JSON', { pagination: { type: 'next_url', from: '\udc00' } }, 'pagination.from'],
    ['NUL in JSON', { pagination: { type: 'next_url', from: 'a\0' } }, 'pagination.from'],
    ['a name that ends with half of a surrogate pair', { name: 'Orders \ud83d' }, 'name'],
  ])('an endpoint gets an error on the field: %s', async (_what, change, field) => {
    const answer = await endpointWith(change)
    expect(isSignedOut(answer) || answer.ok ? {} : fieldErrorsOfRefusal(answer.error)).toMatchObject({
      [field]: expect.any(String),
    })
    expect(await systemDb().endpoint.findFirst({ where: { id: ordersId } })).toMatchObject({
      revision: 1,
      url: '/orders',
    })
  })

  test('a method gets an error on the field: a header that breaks the line', async () => {
    const broken = { ...parameter('header', 'X-Shop', 'a\r\nX-Admin: 1'), steps: [], phases: ['endpoint' as const] }
    const saved = await saveMethodAction({
      methodId: method.id,
      revision: 1,
      name: 'x',
      timeoutSeconds: 30,
      documentationUrl: '',
      options: {},
      phases: [],
      parameters: [broken],
    })
    expect(saved).toMatchObject({ ok: false, error: { field: 'parameters.0.value', message: expect.any(String) } })
  })

  test('a template with an unknown variable is an error on the run that names it, and nothing is sent', async () => {
    await systemDb().endpoint.update({ where: { id: ordersId }, data: { url: '/orders/{{ acount }}' } })
    const owner = { workspaceId: acme.workspaceId, connectorId: acme.connectorId, level: 'connector' as const }
    await systemDb().variable.create({ data: { ...owner, key: 'account', displayName: 'Account' } })
    expect(await run()).toMatchObject({
      ok: false,
      error: { code: 'unknown_variable', message: expect.stringMatching(/acount.*account/s) },
    })
    expect(await sandbox.control.getRequests()).toEqual([])
  })

  test('a value with a line break for a header is an error on the run, and nothing is sent', async () => {
    const owner = { workspaceId: acme.workspaceId, connectorId: acme.connectorId }
    const variable = await systemDb().variable.create({
      data: { ...owner, level: 'connector', key: 'shop', displayName: 'Shop', inputKind: 'multiline' },
    })
    await systemDb().parameter.create({
      data: { ...owner, endpointId: ordersId, place: 'header', key: 'X-Shop', value: '{{ shop }}' },
    })
    await systemDb().instanceValue.create({
      data: { ...owner, instanceId, variableId: variable.id, value: 'a\r\nX-Admin: 1' },
    })
    expect(await run()).toMatchObject({ ok: false, error: { code: 'invalid_header' } })
    expect(await sandbox.control.getRequests()).toEqual([])
  })
})

test('a shape with unknown ids, or with ids of another workspace, is refused and not changed', async () => {
  const { flowId, shapeId } = await aFlowUsing(acme, { name: 'Nightly orders', instanceId, endpointId: ordersId })
  const other = await acmeConnector((await anActor()).workspaceId, sandbox.url)
  const theirMethod = await acmeMethod(other, 'basic')
  const theirs = {
    instanceId: (await acmeInstance(other, theirMethod, {})).id,
    endpointId: (await acmeEndpoint(other, theirMethod, '/x')).id,
  }
  const input = {
    flowId,
    revision: 1,
    shapeId,
    name: 'x',
    timeoutSeconds: null,
    values: [],
    filters: [],
    instanceId,
    endpointId: ordersId,
  }
  for (const wrong of [
    { instanceId: newId() },
    { endpointId: newId() },
    theirs,
    { endpointId: theirs.endpointId },
    { flowId: newId() },
    { shapeId: newId() },
  ]) {
    expect(await saveShapeAction({ ...input, ...wrong })).toMatchObject({ status: 'invalid' })
  }
  expect(await systemDb().shape.findFirst({ where: { id: shapeId } })).toMatchObject({
    instanceId,
    endpointId: ordersId,
    name: 'Get orders',
  })
})

const run = async (endpointId = ordersId) =>
  sendEndpointRequest(manager, { instanceId, endpointId, values: {}, filters: {}, timeoutSeconds: 2 })

describe('responses of third parties', () => {
  test.each([
    ['never-answers', 'timed_out', /within 2 s/],
    ['slow-drip', 'timed_out', /within 2 s/],
    ['fifty-megabytes', 'answer_too_large', /MiB|MB/],
    ['gzip-bomb', 'answer_too_large', /MiB|MB/],
    ['redirect-loop', 'too_many_redirects', /redirect/i],
    ['redirect-private?to=metadata', 'address_refused', /169\.254/],
    ['redirect-private?to=ten', 'address_refused', /10\./],
    ['gibberish', 'invalid_answer', /./],
    ['disconnect', 'connection_failed', /./],
  ])('%s: %s, shown on the run and in the request log', async (path, code, message) => {
    const { id } = await acmeEndpoint(acme, method, `/misbehaving/${path}`)
    const failed = await run(id)
    expect(failed).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(message) } })
    expect(JSON.stringify(failed)).not.toContain(acmeBasicValues.password)
    const logged = await listRequests(manager, { instanceId, q: '', sort: '-at', after: '' })
    expect(logged).toMatchObject({ ok: true, value: { items: [{ errorCode: code }] } })
    // Nothing is lost: the next request of the same instance works.
    expect(await run()).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  })
})
