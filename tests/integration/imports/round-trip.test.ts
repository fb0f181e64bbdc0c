import { beforeAll, describe, expect, it } from 'vitest'
import { methodDocument, type MethodInput } from '@/lib/authentication-methods/document-schema'
import { planMethod } from '@/lib/authentication-methods/plan-method'
import type { Actor } from '@/lib/domain/access/actor'
import { endpointDefaults, endpointFieldsOf } from '@/lib/endpoints/fields'
import { getEndpoint } from '@/lib/endpoints/get-endpoint'
import { documentText } from '@/lib/imports/document-yaml'
import { methodToDocument } from '@/lib/imports/method-to-document'
import { importConnector } from '@/lib/imports/import-connector'
import { importMethod } from '@/lib/imports/import-method'
import { parseConnectionDocument } from '@/lib/imports/parse-document'
import { getMethodDocument } from '@/lib/imports/get-method-document'
import { previewMethodDocument } from '@/lib/imports/preview-method-document'
import { authenticationTypes, type AuthenticationType } from '@/lib/domain/vocabulary'
import { workspaceDb } from '@/lib/platform/db/client'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'

beforeAll(async () => {
  await testDatabase()
})

const special: MethodInput = {
  name: 'OAuth 2 for partners',
  type: 'oauth2_authorization_code',
  timeoutSeconds: 60,
  documentationUrl: 'https://docs.acme.test/oauth',
  variables: [
    { key: 'scope', defaultValue: 'orders.read' },
    { key: 'tenant', displayName: 'Tenant', required: true },
    { key: 'signing_key', displayName: 'Signing key', secret: true, inputKind: 'multiline' },
  ],
  uses: [{ key: 'shop', required: true }],
  requests: {
    authorise: { url: 'https://login.acme.test/{{ tenant }}/authorize' },
    exchange: [
      {
        url: 'https://login.acme.test/token',
        bodyFormat: 'json',
        extract: [{ variable: 'short', path: 'access_token', secret: true }],
      },
      { method: 'GET', url: 'https://login.acme.test/long?token={{ step1.short }}' },
    ],
    revoke: { url: 'https://login.acme.test/revoke', clientAuthentication: 'client_secret_post' },
    verify: [{ url: '/me', successRule: { jsonPath: '$.id', rejectedPath: '$.error' } }, { url: '/account' }],
    after_connect: { url: '/account', extract: [{ variable: 'account', path: '$.accounts[0].id' }] },
  },
  parameters: [
    { in: 'url', key: 'user_scope', value: '{{ scope }}', sentWith: ['authorise'] },
    { in: 'header', key: 'X-Step', value: '2', sentWith: ['exchange'], steps: [1] },
    {
      in: 'header',
      key: 'X-Account',
      value: '{{ account }}',
      required: false,
      displayName: 'Account',
      sentWith: ['endpoint', 'verify'],
    },
  ],
  options: {
    baseUrl: 'https://{{ tenant }}.acme.test',
    pkce: 'off',
    parameterNames: [{ standard: 'client_id', sent: 'client_key' }],
    kept: [{ variable: 'realm', path: 'realm' }],
    computed: [{ key: 'signature', value: '{{ tenant | hmac_sha256: signing_key }}' }],
    jwt: { algorithm: 'ES256' },
  },
}

const connector = {
  patchbay: 1,
  kind: 'connector',
  name: 'Acme',
  baseUrl: 'https://api.acme.test',
  variables: [{ key: 'shop', displayName: 'Shop' }],
}

async function installed(actor: Awaited<ReturnType<typeof anActor>>) {
  return valueOf(await importConnector(actor, { document: JSON.stringify(connector), name: '' })).id
}

describe('A method as a document', () => {
  it.each(Object.keys(authenticationTypes) as AuthenticationType[])(
    'of the type %s with its defaults contains only its name and its type',
    (type) => {
      const plan = valueOf(planMethod(methodDocument.parse({ name: 'x', type })))
      expect(methodToDocument(plan)).toEqual({ patchbay: 1, kind: 'authentication_method', name: 'x', type })
    },
  )

  it('is planned as the same method again', () => {
    const plan = valueOf(planMethod(methodDocument.parse(special)))
    const again = valueOf(parseConnectionDocument(documentText(methodToDocument(plan))))
    if (again.kind !== 'authentication_method') throw new Error('another kind')
    const replanned = valueOf(planMethod(again))
    const byPlace = (phases: typeof plan.phases) =>
      [...phases].sort((one, other) => one.kind.localeCompare(other.kind) || one.step - other.step)
    expect({ ...replanned, phases: byPlace(replanned.phases) }).toEqual({ ...plan, phases: byPlace(plan.phases) })
  })

  it('is copied completely from one connector to another through the database', async () => {
    const actor = await anActor('manager')
    const connectorId = await installed(actor)
    const document = documentText(methodToDocument(valueOf(planMethod(methodDocument.parse(special)))))
    const first = valueOf(await importMethod(actor, { connectorId, document, name: '' }))
    const exported = valueOf(await getMethodDocument(actor, { methodId: first.id }))
    expect(exported.document).toBe(document)
    const second = valueOf(await importMethod(actor, { connectorId, document: exported.document, name: 'Copy' }))
    const copy = valueOf(await getMethodDocument(actor, { methodId: second.id }))
    expect(copy.document).toBe(document.replace('OAuth 2 for partners', 'Copy'))
  })

  // Shows D26.
  it('is off on every endpoint after the import (rule R2), and is in the audit log', async () => {
    const actor = await anActor('manager')
    const document = JSON.stringify({ ...connector, endpoints: [{ name: 'List orders', url: '/orders' }] })
    const { id: connectorId } = valueOf(await importConnector(actor, { document, name: '' }))
    const { id } = valueOf(
      await importMethod(actor, {
        connectorId,
        document: 'patchbay: 1\nkind: authentication_method\ntype: basic\nname: basic auth',
        name: '',
      }),
    )
    const db = workspaceDb(actor.workspaceId)
    expect(await db.enablement.count()).toBe(0)
    expect(await db.auditLog.findFirst({ where: { action: 'import_method' } })).toMatchObject({
      objectId: id,
      objectName: 'basic auth',
    })
  })
})

describe('An endpoint in a document', () => {
  const orders = {
    ...{ name: 'List orders', entityType: 'Orders', url: '/orders', dataPath: '$.orders[*]', deprecated: true },
    pagination: { type: 'page_number', place: 'url', parameter: 'page', first: 1, more: '', mostPages: 20 },
  }

  /** What the screens show for the only endpoint of a connector that was imported from the document. */
  async function imported(actor: Actor, endpoint: object, name: string) {
    const document = JSON.stringify({ ...connector, endpoints: [endpoint] })
    const { id: connectorId } = valueOf(await importConnector(actor, { document, name }))
    const { id: endpointId } = await workspaceDb(actor.workspaceId).endpoint.findFirstOrThrow({
      where: { connectorId },
    })
    return endpointFieldsOf(valueOf(await getEndpoint(actor, { connectorId, endpointId })))
  }

  it('has all its fields: an imported endpoint can be exported and imported unchanged', async () => {
    const actor = await anActor('manager')
    const first = await imported(actor, orders, '')
    expect(first).toMatchObject(orders)
    const { httpMethod: method, ...written } = first
    expect(await imported(actor, { ...written, method }, 'Copy')).toEqual(first)
  })

  it('has the defaults of a new endpoint for omitted fields', async () => {
    const shortest = { name: 'List orders', url: '/orders' }
    expect(await imported(await anActor('manager'), shortest, '')).toEqual({
      ...endpointDefaults,
      ...shortest,
      httpMethod: 'GET',
    })
  })
})

describe('The variables of the type in a document (rule R13)', () => {
  const planned = (type: AuthenticationType, given: object) =>
    planMethod(methodDocument.parse({ name: 'x', type, ...given }))
  const changed = (change: object) =>
    planned('oauth2_client_credentials', { variables: [{ key: 'client_id', ...change }] })

  it.each([
    { required: false },
    { configurable: false },
    { inputKind: 'multiline' },
    { pattern: '[a-z ]+' },
    { displayName: 'App', helpText: 'h', defaultValue: 'd', advanced: true },
  ])('may be changed, also essential ones: %j', (change) => {
    const plan = valueOf(changed(change))
    expect(plan.variables.find(({ key }) => key === 'client_id')).toMatchObject({ ...change, locked: true })
  })

  it('keep their secrecy if they are essential', () => {
    expect(changed({ secret: true })).toMatchObject({ ok: false, error: { code: 'locked_variable' } })
  })

  const publicClient = { withoutVariables: ['scope', 'client_secret', 'response_authentication_token_key'] }

  it('may be removed, and the options that used them have their literal defaults', () => {
    const plan = valueOf(planned('oauth2_client_credentials', publicClient))
    expect(plan.variables.map(({ key }) => key)).toEqual(['client_id', 'grant_type'])
    expect(plan.options).toMatchObject({ tokenPath: 'access_token', clientAuthentication: 'none' })
  })

  it('that are removed stay removed through the database and another import, and the document stays short', async () => {
    const actor = await anActor('manager')
    const connectorId = await installed(actor)
    const whole = { patchbay: 1, kind: 'authentication_method', name: 'Public', type: 'oauth2_client_credentials' }
    const document = documentText({ ...whole, ...publicClient, withoutVariables: ['client_secret', 'scope'] })
    const { id } = valueOf(await importMethod(actor, { connectorId, document, name: '' }))
    expect(valueOf(await getMethodDocument(actor, { methodId: id })).document).toBe(document)
    const rows = await workspaceDb(actor.workspaceId).variable.findMany({ where: { methodId: id } })
    expect(rows.map(({ key }) => key).sort()).toEqual(['client_id', 'grant_type', 'response_authentication_token_key'])
  })

  it.each([
    [['client_id'], 'locked_variable', 'withoutVariables.0'],
    [['scope', 'token'], 'invalid_input', 'withoutVariables.1'],
  ])('cannot be removed if they are essential or do not exist: %j', (withoutVariables, code, field) => {
    expect(planned('oauth2_client_credentials', { withoutVariables })).toMatchObject({
      ok: false,
      error: { code, field },
    })
  })

  it('cannot be both removed and described', () => {
    const both = { withoutVariables: ['scope'], variables: [{ key: 'scope', defaultValue: 'a' }] }
    expect(planned('oauth2_client_credentials', both)).toMatchObject({
      ok: false,
      error: { code: 'invalid_input', field: 'withoutVariables.0' },
    })
  })
})

describe('A preview', () => {
  it('shows what would be added, which names have no variable, and what already exists', async () => {
    const actor = await anActor('manager')
    const connectorId = await installed(actor)
    const document =
      'patchbay: 1\nkind: authentication_method\ntype: token\nname: API key\nrequests: { verify: { url: "/{{ shop }}/me?v={{ version }}" } }\n'
    const before = valueOf(await previewMethodDocument(actor, { connectorId, document }))
    expect(before).toMatchObject({
      name: 'API key',
      unknownNames: ['version'],
      existing: null,
      requests: [{ kind: 'verify', url: '/{{ shop }}/me?v={{ version }}' }],
    })
    const { id } = valueOf(await importMethod(actor, { connectorId, document, name: '' }))
    const after = valueOf(
      await previewMethodDocument(actor, { connectorId, document: document.replace('{{ version }}', '2') }),
    )
    expect(after).toMatchObject({ unknownNames: [], existing: { id, name: 'API key' } })
    expect(after.existing?.document).not.toBe(after.document)
  })
})

describe('Refused, with the path in the document:', () => {
  it.each([
    [
      'a literal secret',
      'parameters: [{ in: header, key: Authorization, value: "Bearer sk_live_4eC39HqLyjWDarjtT1zdp7dc4eC39HqL", sentWith: [endpoint] }]',
      'parameters.0.value',
    ],
    ['an invalid template', 'requests: { verify: { url: "https://a.test/{{ a b }}" } }', 'requests.verify.url'],
    [
      'an invalid template in the second of two requests',
      'requests: { verify: [{ url: /a }, { url: "/{{ a b }}" }] }',
      'requests.verify.1.url',
    ],
    [
      'an invalid template in the first of two requests',
      'requests: { verify: [{ url: "/{{ a b }}" }, { url: /b }] }',
      'requests.verify.0.url',
    ],
    ['a request that the type does not make', 'requests: { exchange: { url: "https://a.test" } }', 'requests.exchange'],
    [
      'a parameter of a request that the type does not make',
      'parameters: [{ in: url, key: a, value: b, sentWith: [refresh] }]',
      'parameters.0.sentWith',
    ],
    ['a change of a locked variable', 'variables: [{ key: token, secret: false }]', 'variables.0.secret'],
    ['a variable with a reserved name', 'variables: [{ key: access_token }]', 'variables.0.key'],
    ['a default on a secret', 'variables: [{ key: pin, secret: true, defaultValue: "1234" }]', 'variables.0'],
  ])('%s', async (_what, line, path) => {
    const actor = await anActor('manager')
    const connectorId = await installed(actor)
    const document = `patchbay: 1\nkind: authentication_method\ntype: token\nname: API key\n${line}\n`
    expect(await importMethod(actor, { connectorId, document, name: '' })).toMatchObject({
      ok: false,
      error: { field: 'document', message: expect.stringContaining(path) },
    })
    expect(await workspaceDb(actor.workspaceId).authenticationMethod.count()).toBe(0)
  })

  it('a connector with two endpoints of one name, or with an unknown method; nothing is stored', async () => {
    const actor = await anActor('manager')
    for (const endpoints of [
      [
        { name: 'a', url: '/a' },
        { name: 'A', url: '/b' },
      ],
      [{ name: 'a', url: '/a', accepts: ['nowhere'] }],
    ]) {
      expect(
        await importConnector(actor, { document: JSON.stringify({ ...connector, endpoints }), name: '' }),
      ).toMatchObject({ ok: false, error: { message: expect.stringContaining('endpoints.') } })
    }
    expect(await workspaceDb(actor.workspaceId).connector.count()).toBe(0)
  })

  it('a taken name', async () => {
    const actor = await anActor('manager')
    await installed(actor)
    expect(await importConnector(actor, { document: JSON.stringify(connector), name: '' })).toMatchObject({
      ok: false,
      error: { code: 'name_taken', field: 'name' },
    })
  })
})
