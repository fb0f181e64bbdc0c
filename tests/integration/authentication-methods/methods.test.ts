import { valueOf } from '@/tests/support/definition-builders'
import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import { beforeAll, describe, expect, test } from 'vitest'
import { methodFieldsOf } from '@/lib/authentication-methods/fields'
import type { SaveMethod } from '@/lib/authentication-methods/schema'
import { createMethodSchema, saveMethodSchema } from '@/lib/authentication-methods/schema'
import type { PersonActor } from '@/lib/domain/access/actor'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { signaturePresets } from '@/lib/domain/authentication/signature-presets'
import { instanceFields } from '@/lib/domain/authentication/instance-fields'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import { anActor } from '../../support/builders'
import { testDatabase, type TestDatabase } from '../../support/database'
import { aConnector, anEndpoint, anInstance } from '../../support/endpoint-builders'

let database: TestDatabase
let manager: PersonActor
let owner: { workspaceId: string; connectorId: string }
let connectorId: string
let slice: Awaited<ReturnType<typeof loadSlice>>

async function loadSlice() {
  const [create, save, remove, values, list, detail, setup] = await Promise.all([
    import('@/lib/authentication-methods/create-method'),
    import('@/lib/authentication-methods/save-method'),
    import('@/lib/authentication-methods/delete-method'),
    import('@/lib/authentication-methods/set-method-value'),
    import('@/lib/authentication-methods/list-methods'),
    import('@/lib/authentication-methods/get-method'),
    import('@/lib/authentication-methods/get-method-setup'),
  ])
  return { ...create, ...save, ...remove, ...values, ...list, ...detail, ...setup }
}

beforeAll(async () => {
  database = await testDatabase()
  slice = await loadSlice()
  manager = await anActor('manager')
  owner = await aConnector(manager.workspaceId)
  connectorId = owner.connectorId
})

const input = (name: string, type: AuthenticationType = 'basic') => ({
  connectorId,
  name,
  type,
  timeoutSeconds: 30,
  documentationUrl: '',
})

async function created(name: string, type: AuthenticationType = 'basic') {
  const result = await slice.createMethod(manager, input(name, type))
  if (!result.ok) throw new Error(result.error.message)
  const method = await slice.getMethod(manager, { connectorId, methodId: result.value.id })
  if (!method.ok) throw new Error(method.error.message)
  return method.value
}

function saveInput(method: Awaited<ReturnType<typeof created>>, change: Partial<SaveMethod> = {}): SaveMethod {
  const { id: methodId, revision } = method
  return { methodId, revision, ...methodFieldsOf(method), phases: [], parameters: [], ...change }
}

type Phase = SaveMethod['phases'][number]

const rule = (given: Partial<NonNullable<Phase['successRule']>>) => ({
  statuses: [],
  jsonPath: '',
  rejectedStatuses: [],
  rejectedPath: '',
  rejectedValue: '',
  ...given,
})

const phase = (kind: Phase['kind'], given: Partial<Phase> = {}): Phase => ({
  ...{
    kind,
    step: 0,
    httpMethod: null,
    url: null,
    bodyFormat: null,
    body: null,
    clientAuthentication: null,
    successRule: null,
    extract: null,
  },
  ...given,
})

const verify = (url: string, given: Partial<Phase> = {}) => phase('verify', { httpMethod: 'GET', url, ...given })

const header = (key: string, value: string) => ({
  id: null,
  place: 'header' as const,
  key,
  value,
  required: true,
  displayName: '',
  helpText: '',
  phases: ['endpoint' as const, 'verify' as const],
  steps: [],
})

/** Keys of the type's own variables. */
const ownKeys = authenticationTypeDefinitions.oauth2_authorization_code.defaultVariables.map(({ key }) => key)

describe('a new authentication method', () => {
  test('has the default variables of its type, of which only the essential ones are locked (rule R13)', async () => {
    const method = await created('OAuth 2', 'oauth2_authorization_code')
    const rows = await database.sql<{ key: string; locked: boolean; defaultValue: string }>(
      'SELECT "key", "locked", "defaultValue" FROM "Variable" WHERE "methodId" = $1',
      [method.id],
    )
    expect(rows.find(({ key }) => key === 'state_length')).toEqual({
      key: 'state_length',
      locked: false,
      defaultValue: '40',
    })
    expect(rows.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['client_id', 'client_secret', 'scope', 'refresh_grant_type']),
    )
    expect(rows.filter(({ locked }) => locked).map(({ key }) => key)).toEqual(['client_id'])
  })

  test('is off on every endpoint (rule R2)', async () => {
    await anEndpoint(owner, 'List orders')
    const method = await created('off everywhere')
    expect(method.usedBy.enabledEndpoints).toBe(0)
    expect(method.usedBy.endpoints).toBeGreaterThan(0)
  })

  test('needs a unique name, ignoring case', async () => {
    await created('Partner login')
    expect(await slice.createMethod(manager, input('partner LOGIN'))).toMatchObject({
      ok: false,
      error: { code: 'name_taken', field: 'name' },
    })
  })

  test.each(signaturePresets.map((preset) => [preset.name, preset] as const))(
    'that signs requests starts from %s, with its options and variables',
    async (name, preset) => {
      const result = await slice.createMethod(manager, {
        ...input(name, 'request_signature'),
        signaturePreset: preset.key,
      })
      const method = await slice.getMethod(manager, {
        connectorId: connectorId,
        methodId: result.ok ? result.value.id : '',
      })
      expect(method.ok && method.value.options).toMatchObject(preset.options)
      const rows = await database.sql<{ key: string; displayName: string }>(
        'SELECT "key", "displayName" FROM "Variable" WHERE "methodId" = $1',
        [result.ok ? result.value.id : ''],
      )
      for (const { key, displayName } of preset.variables) expect(rows).toContainEqual({ key, displayName })
    },
  )

  test('that signs requests starts without a preset unless one is chosen', async () => {
    const method = await created('own signature', 'request_signature')
    expect(method.options).not.toMatchObject(signaturePresets[0]!.options)
  })

  test('of another type cannot start from a signature preset, and an unknown preset is refused', async () => {
    expect(
      await slice.createMethod(manager, { ...input('x'), signaturePreset: signaturePresets[0]!.key }),
    ).toMatchObject({ ok: false, error: { field: 'signaturePreset' } })
    expect(
      createMethodSchema.safeParse({ ...input('x', 'request_signature'), signaturePreset: 'nowhere' }).success,
    ).toBe(false)
    expect(createMethodSchema.safeParse({ ...input('x', 'request_signature'), signaturePreset: '' }).success).toBe(true)
  })

  test('has a timeout from 1 to 300 seconds', () => {
    for (const timeoutSeconds of ['0', '301', '1.5', '', 'soon'])
      expect(createMethodSchema.safeParse({ ...input('x'), timeoutSeconds }).success).toBe(false)
    expect(createMethodSchema.safeParse({ ...input('x'), timeoutSeconds: '300' }).success).toBe(true)
  })

  test('cannot be added by a person who may not change connectors, nor to a connector of another workspace', async () => {
    const reader = await anActor('user', manager.workspaceId)
    const stranger = await anActor('administrator')
    expect(await slice.createMethod(reader, input('reader'))).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    })
    expect(await slice.createMethod(stranger, input('stranger'))).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })
})

describe('a test request from an endpoint', () => {
  test('is the first test request of the new method, if one was chosen', async () => {
    const shop = await aConnector(manager.workspaceId)
    const me = await anEndpoint(shop, 'Who am I', { url: '/me' })
    const changing = await anEndpoint(shop, 'Create order', { url: '/orders', httpMethod: 'POST' })
    const add = (testEndpointId?: string) =>
      slice.createMethod(manager, { ...input(`m ${testEndpointId}`), connectorId: shop.connectorId, testEndpointId })
    const verifyOf = async (id: string) => {
      const setup = await slice.getMethodSetup(manager, { connectorId: shop.connectorId, methodId: id })
      if (!setup.ok) throw new Error('not found')
      expect(setup.value.testEndpoints.map(({ name }) => name)).toEqual(['Who am I'])
      return setup.value.method.phases.find(({ kind }) => kind === 'verify')
    }
    const chosen = await add(me.id)
    expect(chosen.ok && (await verifyOf(chosen.value.id))).toMatchObject({ httpMethod: 'GET', url: '/me' })
    const none = await add()
    expect(none.ok && (await verifyOf(none.value.id))).toMatchObject({ url: null })
    expect(await add(changing.id)).toMatchObject({ ok: false, error: { field: 'testEndpointId' } })
  })
})

describe('saving a method', () => {
  test('stores options, phases and parameters and raises the revision', async () => {
    const method = await created('saved', 'token')
    const placement = { place: 'header', key: 'X-Api-Key', value: '{{ token }}' } as const
    const saved = await slice.saveMethod(
      manager,
      saveInput(method, {
        options: { placement },
        phases: [verify('/me', { successRule: rule({ statuses: [200], jsonPath: '$.id' }) })],
        parameters: [header('X-Tenant', 'acme')],
      }),
    )
    expect(saved).toMatchObject({ ok: true, value: { revision: method.revision + 1 } })
    expect(await slice.getMethod(manager, { connectorId, methodId: method.id })).toMatchObject({
      ok: true,
      value: {
        options: { placement },
        parameters: [{ key: 'X-Tenant' }],
        phases: expect.arrayContaining([expect.objectContaining({ kind: 'verify', url: '/me' })]),
      },
    })
  })

  // Shows C17.
  test('stores every request of a phase, and removes the others', async () => {
    const method = await created('several requests', 'token_exchange')
    const steps = [0, 1, 2].map((step) =>
      phase('exchange', {
        step,
        url: `https://login.acme.test/${step}`,
        httpMethod: 'POST',
        extract: [{ variable: 'ticket', path: '$.ticket', secret: true }],
      }),
    )
    expect(await slice.saveMethod(manager, saveInput(method, { phases: steps }))).toMatchObject({ ok: true })
    const once = await slice.getMethod(manager, { connectorId, methodId: method.id })
    if (!once.ok) throw new Error('not saved')
    expect(once.value.phases.map(({ kind, step, url, extract }) => [kind, step, url, extract?.[0]?.secret])).toEqual([
      ['exchange', 0, 'https://login.acme.test/0', true],
      ['exchange', 1, 'https://login.acme.test/1', true],
      ['exchange', 2, 'https://login.acme.test/2', true],
    ])
    expect(await slice.saveMethod(manager, saveInput(once.value, { phases: steps.slice(0, 1) }))).toMatchObject({
      ok: true,
    })
    const twice = await slice.getMethod(manager, { connectorId, methodId: method.id })
    expect(twice.ok && twice.value.phases).toHaveLength(1)
  })

  test('keeps both of two parameters with the same id', async () => {
    const method = await created('same id', 'token')
    await slice.saveMethod(manager, saveInput(method, { parameters: [header('X-One', '1')] }))
    const once = await slice.getMethod(manager, { connectorId, methodId: method.id })
    if (!once.ok) throw new Error('not saved')
    const [one] = once.value.parameters
    await slice.saveMethod(manager, saveInput(once.value, { parameters: [one!, { ...one!, key: 'X-Two' }] }))
    const twice = await slice.getMethod(manager, { connectorId, methodId: method.id })
    expect(twice.ok && twice.value.parameters.map(({ key }) => key)).toEqual(['X-One', 'X-Two'])
  })

  test('keeps the ids of parameters that stay', async () => {
    const method = await created('parameters', 'token')
    await slice.saveMethod(manager, saveInput(method, { parameters: [header('X-One', '1'), header('X-Two', '2')] }))
    const once = await slice.getMethod(manager, { connectorId, methodId: method.id })
    if (!once.ok) throw new Error('not saved')
    const [one, two] = once.value.parameters
    await slice.saveMethod(manager, saveInput(once.value, { parameters: [two!, { ...one!, value: 'changed' }] }))
    const twice = await slice.getMethod(manager, { connectorId, methodId: method.id })
    expect(twice.ok && twice.value.parameters.map(({ id, value }) => [id, value])).toEqual([
      [two!.id, '2'],
      [one!.id, 'changed'],
    ])
  })

  test('makes an optional parameter a field of its instances, with its value as the default', async () => {
    const method = await created('optional', 'token')
    const optional = (key: string, value: string) => ({ ...header(key, value), required: false })
    const parameters = [
      optional('X-Tenant', ''),
      optional('X-Region', 'eu'),
      optional('token', ''),
      optional('X-Named', '{{ token }}'),
      header('X-Fixed', '1'),
    ]
    expect(await slice.saveMethod(manager, saveInput(method, { parameters }))).toMatchObject({ ok: true })
    const saved = await slice.getMethodSetup(manager, { connectorId, methodId: method.id })
    if (!saved.ok) throw new Error('not saved')
    expect(saved.value.method.parameters.map(({ value }) => value)).toEqual([
      '{{ X_Tenant }}',
      '{{ X_Region }}',
      '{{ token_2 }}',
      '{{ token }}',
      '1',
    ])
    const fields = instanceFields(
      saved.value.connector,
      {
        ...saved.value.method,
        options: valueOf(readMethodOptions(saved.value.method.type, saved.value.method.options)),
        variables: saved.value.variables,
      },
      new Set(),
    )
    expect(
      fields.main.map(({ definition: { displayName, defaultValue, required } }) => [
        displayName,
        defaultValue,
        required,
      ]),
    ).toEqual([
      ['Token', '', true],
      ['X-Tenant', '', false],
      ['X-Region', 'eu', false],
      ['token', '', false],
    ])
    const again = saveInput(saved.value.method, { parameters: saved.value.method.parameters })
    expect(await slice.saveMethod(manager, again)).toMatchObject({ ok: true })
    expect(await database.sql('SELECT "id" FROM "Variable" WHERE "methodId" = $1', [method.id])).toHaveLength(4)
  })

  test('creates variables for stored response values, which no form shows', async () => {
    const method = await created('keeps', 'oauth2_authorization_code')
    const options = {
      ...(method.options as Record<string, unknown>),
      kept: [
        { variable: 'second_token', path: '$.other', secret: true, expiryPath: '' },
        { variable: 'scope', path: 'scope', secret: false, expiryPath: '' },
      ],
      keptFromCallback: [{ variable: 'realm_id', parameter: 'realmId' }],
      baseUrl: 'https://{{ realm_id }}.acme.test',
    }
    const phases = [
      phase('after_connect', {
        url: '/account',
        httpMethod: 'GET',
        extract: [{ variable: 'account_id', path: '$.id', secret: false }],
      }),
    ]
    expect(await slice.saveMethod(manager, saveInput(method, { options, phases }))).toMatchObject({ ok: true })
    const saved = await slice.getMethodSetup(manager, { connectorId, methodId: method.id })
    if (!saved.ok) throw new Error('not saved')
    const added = saved.value.variables.filter(({ key }) => !ownKeys.includes(key))
    expect(added.map(({ key, secret, configurable, required }) => [key, secret, configurable || required])).toEqual([
      ['realm_id', false, false],
      ['second_token', true, false],
      ['account_id', false, false],
    ])
    expect(await slice.saveMethod(manager, saveInput(saved.value.method, { options, phases }))).toMatchObject({
      ok: true,
    })
    expect(
      await database.sql('SELECT "id" FROM "Variable" WHERE "methodId" = $1 AND "key" <> ALL ($2)', [
        method.id,
        ownKeys,
      ]),
    ).toHaveLength(3)
  })

  test('creates a URL variable for a stored value that a URL starts with, also later', async () => {
    const method = await created('leads', 'oauth2_authorization_code')
    const options = {
      ...(method.options as Record<string, unknown>),
      kept: ['instance_url', 'portal_url', 'note'].map((variable) => ({
        ...{ variable, path: `$.${variable}`, secret: false, expiryPath: '' },
      })),
    }
    const kindsAfter = async (baseUrl: string) => {
      const { value } = await slice.getMethodSetup(manager, { connectorId, methodId: method.id }).then((setup) => {
        if (!setup.ok) throw new Error('not read')
        return setup
      })
      const phases = [phase('revoke', { url: '{{ portal_url }}/revoke', httpMethod: 'POST' })]
      const input = saveInput(value.method, { options: { ...options, baseUrl }, phases })
      expect(await slice.saveMethod(manager, input)).toMatchObject({ ok: true })
      const rows = await database.sql<{ key: string; inputKind: string }>(
        'SELECT "key", "inputKind"::text FROM "Variable" WHERE "methodId" = $1 AND "key" <> ALL ($2)',
        [method.id, ownKeys],
      )
      return Object.fromEntries(rows.map(({ key, inputKind }) => [key, inputKind]))
    }
    expect(await kindsAfter('https://api.acme.test')).toEqual({ instance_url: 'text', portal_url: 'url', note: 'text' })
    expect(await kindsAfter('{{ instance_url }}/v2')).toEqual({ instance_url: 'url', portal_url: 'url', note: 'text' })
    const connector = { workspaceId: manager.workspaceId, connectorId }
    await anEndpoint(connector, 'Notes', { url: '{{ note }}/notes' })
    expect(await kindsAfter('')).toEqual({ instance_url: 'url', portal_url: 'url', note: 'url' })
  })

  test('is audited field by field, options too', async () => {
    const method = await created('audited')
    const { options } = method
    const changes = { timeoutSeconds: 60, options: { ...options, baseUrl: 'https://api.acme.test' } }
    expect(await slice.saveMethod(manager, saveInput(method, changes))).toMatchObject({ ok: true })
    const again = saveInput({ ...method, revision: 2 }, { ...changes, name: 'audited again' })
    expect(await slice.saveMethod(manager, again)).toMatchObject({ ok: true })
    const audit = await database.sql(
      `SELECT "changes" FROM "AuditLog" WHERE "objectId" = $1 AND "action" = 'update_method' ORDER BY "id"`,
      [method.id],
    )
    expect(audit).toEqual([
      {
        changes: {
          fields: [
            { field: 'timeoutSeconds', from: 30, to: 60 },
            { field: 'options.baseUrl', from: null, to: 'https://api.acme.test' },
            { field: 'phases.verify.httpMethod', from: 'GET', to: null },
          ],
        },
      },
      { changes: { fields: [{ field: 'name', from: 'audited', to: 'audited again' }] } },
    ])
  })

  test('is refused for the second of two people, with the name of the first (rule R12)', async () => {
    const method = await created('two editors')
    const other = await anActor('manager', manager.workspaceId, 'Robin')
    expect(await slice.saveMethod(other, saveInput(method, { timeoutSeconds: 60 }))).toMatchObject({ ok: true })
    const lost = await slice.saveMethod(manager, saveInput(method, { timeoutSeconds: 90 }))
    expect(lost).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else', message: expect.stringContaining('Robin') },
    })
  })

  test.each([
    ['a URL of another scheme', { phases: [verify('javascript:alert(1)')] }, 'phases.verify.url'],
    ['a URL with an invalid template', { phases: [verify('https://api.acme.test/{{ a b }}')] }, 'phases.verify.url'],
    [
      'an invalid JSON path',
      { phases: [verify('/me', { successRule: rule({ jsonPath: '$.[' }) })] },
      'phases.verify.successRule.jsonPath',
    ],
    ['a phase the type does not have', { phases: [phase('exchange', { url: '/x' })] }, 'phases.exchange'],
    ['an invalid header', { parameters: [header('Bad Header', 'x')] }, 'parameters.0.key'],
    ['a tag in a template', { parameters: [header('X-A', '{% raw %}')] }, 'parameters.0.value'],
    [
      'a literal secret',
      { parameters: [header('Authorization', 'Bearer sk_live_4eC39HqLyjWDarjtT1zdp7dc4eC39HqL')] },
      'parameters.0.value',
    ],
    [
      'a literal secret in a body',
      { phases: [{ ...verify('/me'), bodyFormat: 'text', body: 'key=sk_live_4eC39HqLyjWDarjtT1zdp7dc4eC39HqL' }] },
      'phases.verify.body',
    ],
    [
      'a body with a tag in it',
      { phases: [{ ...verify('/me'), bodyFormat: 'text', body: '{% if %}' }] },
      'phases.verify.body',
    ],
    [
      'a body that is not JSON',
      { phases: [{ ...verify('/me'), bodyFormat: 'json', body: '{"a":{{ username }}' }] },
      'phases.verify.body',
    ],
    ['an unknown option', { options: { surprise: true } as object }, 'options'],
  ] satisfies [string, Partial<SaveMethod>, string][])(
    'refuses %s with an error on its field',
    async (_what, change, field) => {
      const method = await created(`refused ${Math.random()}`)
      expect(await slice.saveMethod(manager, saveInput(method, change))).toMatchObject({ ok: false, error: { field } })
    },
  )

  test.each([
    [{ signature: { lifetimeSeconds: 1.5 } }, 'options.signature.lifetimeSeconds', 'Enter a whole number of seconds.'],
    [{ signature: { components: [''] } }, 'options.signature.components.0', 'Enter what is signed.'],
    [{ expiredStatuses: Array.from({ length: 21 }, () => 401) }, 'options.expiredStatuses', 'Enter at most 20.'],
    [{ issuer: 'acme' }, 'options.issuer', 'Enter the issuer as a URL.'],
  ] satisfies [SaveMethod['options'], string, string][])(
    'explains in plain words what is wrong with %j',
    async (options, field, message) => {
      const method = await created(`refused ${Math.random()}`, 'request_signature')
      const refused = await slice.saveMethod(manager, saveInput(method, { options }))
      expect(refused).toMatchObject({ ok: false, error: { code: 'invalid_input', field, message } })
    },
  )

  test.each(['tokenPath', 'refreshTokenPath', 'expiryPath'])(
    'refuses an invalid %s before a person is sent to the third party',
    async (name) => {
      const method = await created(`unreadable ${name}`, 'oauth2_authorization_code')
      const options = { ...(method.options as Record<string, unknown>), [name]: '{{ not closed' }
      expect(await slice.saveMethod(manager, saveInput(method, { options }))).toMatchObject({
        ok: false,
        error: { code: 'invalid_template', field: `options.${name}` },
      })
    },
  )

  test('refuses unknown keys from a client', () => {
    expect(
      saveMethodSchema.safeParse({
        ...saveInput({
          id: connectorId,
          revision: 1,
          name: 'x',
          timeoutSeconds: 30,
          documentationUrl: '',
          options: {},
        } as never),
        workspaceId: connectorId,
      }).success,
    ).toBe(false)
  })
})

describe('a value of the method', () => {
  test('is sealed, and only that it is set can be read again (rule R10)', async () => {
    const method = await created('shared app', 'oauth2_authorization_code')
    const [variable] = await database.sql<{ id: string }>(
      'SELECT "id" FROM "Variable" WHERE "methodId" = $1 AND "key" = \'client_secret\'',
      [method.id],
    )
    const set = await slice.setMethodValue(manager, {
      methodId: method.id,
      revision: method.revision,
      variableId: variable!.id,
      value: 'planted-shared-secret',
    })
    expect(set).toEqual({ ok: true, value: { isSet: true } })
    const [row] = await database.sql<{ sealedValue: string }>(
      'SELECT "sealedValue" FROM "MethodValue" WHERE "methodId" = $1',
      [method.id],
    )
    expect(row!.sealedValue).toMatch(/^v1\./)
    const seen = JSON.stringify([
      await slice.getMethodSetup(manager, { connectorId, methodId: method.id }),
      await database.sql('SELECT * FROM "AuditLog"'),
    ])
    expect(seen).toContain(variable!.id)
    expect(seen).not.toContain('planted-shared-secret')
    expect(seen).not.toContain(row!.sealedValue)
  })

  test('raises the revision of the method, so an outdated one cannot set it', async () => {
    const method = await created('versioned', 'token')
    const [variable] = await database.sql<{ id: string }>(
      'SELECT "id" FROM "Variable" WHERE "methodId" = $1 AND "key" = \'token\'',
      [method.id],
    )
    const value = { methodId: method.id, revision: method.revision, variableId: variable!.id, value: 'one' }
    expect(await slice.setMethodValue(manager, value)).toMatchObject({ ok: true })
    expect(await slice.setMethodValue(manager, value)).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else' },
    })
  })
})

describe('deleting a method', () => {
  test('is refused while an instance uses it, and names the instance (rule R11)', async () => {
    const method = await created('in use')
    const instance = await anInstance(owner, method.id)
    const refused = await slice.deleteMethod(manager, { methodId: method.id, typedName: 'in use' })
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'in_use', message: expect.stringContaining(instance.name) },
    })
  })

  test('asks for its name', async () => {
    const method = await created('Typed name')
    expect(await slice.deleteMethod(manager, { methodId: method.id, typedName: 'another' })).toMatchObject({
      ok: false,
      error: { field: 'typedName' },
    })
    expect(await slice.deleteMethod(manager, { methodId: method.id, typedName: 'typed NAME' })).toMatchObject({
      ok: true,
    })
    expect(await slice.getMethod(manager, { connectorId, methodId: method.id })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })
})

test('methods added at the same moment with similar names are all created', async () => {
  const names = ['Same slug', 'Same-slug', 'Same  slug!', 'same slug?', 'SAME_SLUG']
  const created = await Promise.all(names.map((name) => slice.createMethod(manager, input(name))))
  expect(created.map(({ ok }) => ok)).toEqual([true, true, true, true, true])
})

describe('the preview of what will be sent', () => {
  test('shows an endpoint that accepts the method, if there is one', async () => {
    const method = await created('pictured', 'token')
    const before = await slice.getMethodSetup(manager, { connectorId, methodId: method.id })
    const endpoint = await anEndpoint(owner, 'Zebras, last of all', { entityType: 'Zebras', url: '/zebras' })
    expect(before.ok && before.value.sampleEndpoint?.id).not.toBe(endpoint.id)
    await database.sql(
      'INSERT INTO "Enablement" ("workspaceId", "connectorId", "methodId", "endpointId") VALUES ($1, $2, $3, $4)',
      [owner.workspaceId, connectorId, method.id, endpoint.id],
    )
    const after = await slice.getMethodSetup(manager, { connectorId, methodId: method.id })
    expect(after.ok && after.value.sampleEndpoint?.id).toBe(endpoint.id)
  })
})
