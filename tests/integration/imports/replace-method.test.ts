import { beforeAll, describe, expect, it } from 'vitest'
import { replaceMethod } from '@/lib/imports/replace-method'
import { importConnector } from '@/lib/imports/import-connector'
import { importMethod } from '@/lib/imports/import-method'
import { getMethodDocument } from '@/lib/imports/get-method-document'
import { previewMethodDocument } from '@/lib/imports/preview-method-document'
import { sealedIn, unseal } from '@/lib/platform/crypto/seal'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import type { Role } from '@/lib/domain/access/roles'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { anEnablement, anInstance } from '@/tests/support/endpoint-builders'
import { anInstanceValue } from '@/tests/support/variable-builders'

beforeAll(async () => {
  await testDatabase()
})

const apiKey = (given: object = {}) => ({
  ...{ patchbay: 1, kind: 'authentication_method', name: 'API key', type: 'token' },
  variables: [
    { key: 'tenant', displayName: 'Tenant' },
    { key: 'region', displayName: 'Region' },
    { key: 'pin', displayName: 'PIN', secret: true },
  ],
  requests: { verify: { url: '/me' } },
  parameters: [{ in: 'header', key: 'X-Tenant', value: '{{ tenant }}', sentWith: ['endpoint'] }],
  ...given,
})

async function made(role: Role = 'manager', given: object = {}, connector: object = {}) {
  const actor = await anActor(role)
  const { workspaceId } = actor
  const whole = {
    patchbay: 1,
    kind: 'connector',
    name: 'Acme',
    baseUrl: 'https://api.acme.test',
    variables: [{ key: 'shop', displayName: 'Shop' }],
    endpoints: [{ name: 'List orders', url: '/orders' }],
    ...connector,
  }
  const { id: connectorId } = valueOf(await importConnector(actor, { document: JSON.stringify(whole), name: '' }))
  const { id: methodId } = valueOf(
    await importMethod(actor, { connectorId, document: JSON.stringify(apiKey(given)), name: '' }),
  )
  return { actor, methodId, connectorId, owner: { workspaceId, connectorId }, db: workspaceDb(workspaceId) }
}

type Made = Awaited<ReturnType<typeof made>>

const replace = (
  m: Made,
  document: object,
  given: { actor?: PersonActor; revision?: number; confirmed?: boolean } = {},
) =>
  replaceMethod(given.actor ?? m.actor, {
    connectorId: m.connectorId,
    methodId: m.methodId,
    revision: given.revision ?? 1,
    document: JSON.stringify(document),
    confirmed: given.confirmed ?? false,
  })

async function idOf(m: Made, key: string): Promise<string> {
  return (await m.db.variable.findFirstOrThrow({ where: { methodId: m.methodId, key } })).id
}

async function withInstance(m: Made, values: Record<string, string>) {
  const { id } = await anInstance(m.owner, m.methodId)
  for (const [key, value] of Object.entries(values))
    await anInstanceValue(m.owner, id, await idOf(m, key), value, key === 'pin')
  return id
}

describe('Replacing a method by a document', () => {
  it('changes the definition of the same method, with the next revision', async () => {
    const m = await made()
    const endpoint = await m.db.endpoint.findFirstOrThrow()
    await anEnablement(m.owner, endpoint.id, m.methodId)
    const changed = apiKey({
      timeoutSeconds: 60,
      uses: [{ key: 'shop', required: true }],
      requests: { verify: [{ url: '/me', successRule: { jsonPath: '$.id' } }, { url: '/account' }] },
      options: { placement: { place: 'url', key: 'key', value: '{{ token }}' } },
    })
    expect(valueOf(await replace(m, changed))).toMatchObject({ id: m.methodId, revision: 2, kept: [] })
    const exported = valueOf(await getMethodDocument(m.actor, { methodId: m.methodId }))
    const fresh = valueOf(
      await previewMethodDocument(m.actor, { connectorId: m.connectorId, document: JSON.stringify(changed) }),
    )
    expect(exported.document).toBe(fresh.document)
    expect(await m.db.enablement.count({ where: { methodId: m.methodId } })).toBe(1)
    expect(await m.db.authenticationMethod.count()).toBe(1)
  })

  it('keeps instances and their values, matched by key', async () => {
    const m = await made()
    const instanceId = await withInstance(m, { tenant: 'acme-uk' })
    const tenant = await idOf(m, 'tenant')
    valueOf(
      await replace(
        m,
        apiKey({
          variables: [
            { key: 'pin', displayName: 'PIN', secret: true },
            { key: 'tenant', displayName: 'Your tenant' },
          ],
        }),
      ),
    )
    expect(await m.db.instance.findFirst({ where: { id: instanceId } })).toMatchObject({ methodId: m.methodId })
    expect(await m.db.instanceValue.findFirst({ where: { instanceId } })).toMatchObject({
      variableId: tenant,
      value: 'acme-uk',
    })
    expect(await m.db.variable.findFirst({ where: { id: tenant } })).toMatchObject({ displayName: 'Your tenant' })
  })

  it('removes variables that the document does not have, except those with values, which are named', async () => {
    const m = await made()
    await withInstance(m, { tenant: 'acme-uk' })
    const document = JSON.stringify(apiKey({ variables: [], parameters: [] }))
    const preview = valueOf(await previewMethodDocument(m.actor, { connectorId: m.connectorId, document }))
    expect(preview.existing).toMatchObject({
      id: m.methodId,
      revision: 1,
      instances: 1,
      removed: ['Region', 'PIN'],
      kept: ['Tenant'],
    })
    expect(valueOf(await replace(m, JSON.parse(document) as object)).kept).toEqual(['Tenant'])
    const keys = (await m.db.variable.findMany({ where: { methodId: m.methodId }, orderBy: { position: 'asc' } })).map(
      ({ key }) => key,
    )
    expect(keys).toEqual(['token', 'tenant'])
  })

  it('keeps locked variables, whatever the document says', async () => {
    const m = await made()
    const token = await idOf(m, 'token')
    valueOf(await replace(m, apiKey({ variables: [{ key: 'token', displayName: 'Secret key' }], parameters: [] })))
    expect(await m.db.variable.findFirst({ where: { id: token } })).toMatchObject({
      locked: true,
      secret: true,
      displayName: 'Secret key',
    })
    expect(await replace(m, apiKey({ variables: [{ key: 'token', secret: false }] }), { revision: 2 })).toMatchObject({
      ok: false,
      error: { code: 'locked_variable' },
    })
  })

  it('seals existing values of a variable that becomes secret', async () => {
    const m = await made()
    const instanceId = await withInstance(m, { tenant: 'acme-uk' })
    valueOf(await replace(m, apiKey({ variables: [{ key: 'tenant', displayName: 'Tenant', secret: true }] })))
    const row = await systemDb().instanceValue.findFirstOrThrow({
      where: { instanceId },
      select: { id: true, value: true, sealedValue: true },
    })
    expect(row.value).toBeNull()
    expect(
      unseal(sealedIn(row, 'sealedValue')!, {
        workspaceId: m.owner.workspaceId,
        table: 'InstanceValue',
        rowId: row.id,
        field: 'sealedValue',
      }),
    ).toBe('acme-uk')
  })

  it('keeps the ids of parameters with the same location and key', async () => {
    const m = await made()
    const before = await m.db.parameter.findFirstOrThrow({ where: { methodId: m.methodId, key: 'X-Tenant' } })
    valueOf(
      await replace(
        m,
        apiKey({
          parameters: [
            { in: 'header', key: 'X-New', value: '1', sentWith: ['verify'] },
            { in: 'header', key: 'X-Tenant', value: 'eu-{{ tenant }}', sentWith: ['endpoint'] },
          ],
        }),
      ),
    )
    expect(await m.db.parameter.findFirst({ where: { id: before.id } })).toMatchObject({
      key: 'X-Tenant',
      value: 'eu-{{ tenant }}',
      position: 1,
    })
  })

  it('is in the audit log, with its variables and without values', async () => {
    const m = await made()
    await withInstance(m, { tenant: 'acme-uk' })
    const variables = [{ key: 'zone', displayName: 'Zone' }]
    valueOf(await replace(m, apiKey({ timeoutSeconds: 60, variables, parameters: [] })))
    const entry = await m.db.auditLog.findFirstOrThrow({ where: { action: 'replace_method' } })
    expect(entry).toMatchObject({
      objectId: m.methodId,
      objectName: 'API key',
      changes: {
        fields: expect.arrayContaining([
          { field: 'timeoutSeconds', from: 30, to: 60 },
          { field: 'variable', how: 'added', names: ['zone'] },
          { field: 'variable', how: 'removed', names: ['region', 'pin'] },
          { field: 'variableStays', how: 'changed', names: ['tenant'] },
        ]),
      },
    })
    expect(JSON.stringify(entry.changes)).not.toContain('acme-uk')
  })

  // Shows D26.
  it('lets a new origin wait for an administrator while there are instances (DATA §6)', async () => {
    const m = await made()
    await withInstance(m, {})
    expect(
      valueOf(await replace(m, apiKey({ requests: { verify: { url: 'https://elsewhere.test/me' } } }))).pendingOrigins,
    ).toEqual(['https://elsewhere.test'])
    expect(await m.db.connectorOrigin.findFirst({ where: { origin: 'https://elsewhere.test' } })).toMatchObject({
      confirmedAt: null,
    })
  })
})

describe('Two people at one method (rule R12)', () => {
  it('replacing a method that someone else has changed is refused, with that person’s name', async () => {
    const m = await made()
    const other = await anActor('manager', m.owner.workspaceId, 'Robin')
    valueOf(await replace(m, apiKey({ timeoutSeconds: 60 }), { actor: other }))
    expect(await replace(m, apiKey({ timeoutSeconds: 90 }))).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else', message: expect.stringContaining('Robin') },
    })
    expect(await m.db.authenticationMethod.findFirst()).toMatchObject({ timeoutSeconds: 60, revision: 2 })
  })

  it('of many at once one succeeds, and its complete document is stored', async () => {
    const m = await made()
    const documents = [1, 2, 3, 4, 5].map((number) =>
      apiKey({
        timeoutSeconds: 60 + number,
        variables: [{ key: `only_${number}`, displayName: 'Only' }],
        parameters: [],
      }),
    )
    const answers = await Promise.all(documents.map((document) => replace(m, document)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(
      answers
        .filter((answer) => !answer.ok)
        .every((answer) => !answer.ok && answer.error.code === 'changed_by_someone_else'),
    ).toBe(true)
    const { timeoutSeconds } = await m.db.authenticationMethod.findFirstOrThrow()
    const own = await m.db.variable.findMany({ where: { methodId: m.methodId, key: { not: 'token' } } })
    expect(own.map(({ key }) => key)).toEqual([`only_${timeoutSeconds - 60}`])
  })
})

describe('If a variable is part of a host (DATA §6)', () => {
  const hosted = {
    requests: { verify: { url: 'https://{{ site }}.acme.test/me' } },
    parameters: [],
    variables: [{ key: 'site', displayName: 'Site', defaultValue: 'eu' }],
  }
  const moved = apiKey({ ...hosted, variables: [{ key: 'site', displayName: 'Site', defaultValue: 'us' }] })

  it('only an administrator can replace it while instances depend on it, after confirmation', async () => {
    const m = await made('manager', hosted)
    await withInstance(m, {})
    expect(await replace(m, moved)).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
    const administrator = await anActor('administrator', m.owner.workspaceId)
    expect(await replace(m, moved, { actor: administrator })).toMatchObject({
      ok: false,
      error: { code: 'confirmation_needed' },
    })
    expect(await m.db.variable.findFirst({ where: { key: 'site' } })).toMatchObject({ defaultValue: 'eu' })
    expect(await replace(m, moved, { actor: administrator, confirmed: true })).toMatchObject({ ok: true })
  })

  it('also if it is only in the base URL of the method', async () => {
    const own = { ...hosted, requests: {}, options: { baseUrl: 'https://{{ site }}.acme.test' } }
    const m = await made('manager', own)
    await withInstance(m, {})
    expect(await replace(m, { ...moved, requests: {}, options: own.options })).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    })
  })

  it('also if a new variable of the method hides one of the connector', async () => {
    const m = await made(
      'manager',
      { variables: [], parameters: [] },
      {
        baseUrl: 'https://{{ shop }}.acme.test',
        variables: [{ key: 'shop', displayName: 'Shop', defaultValue: 'eu' }],
      },
    )
    await withInstance(m, {})
    expect(
      await replace(
        m,
        apiKey({ variables: [{ key: 'shop', displayName: 'Shop', defaultValue: 'us' }], parameters: [] }),
      ),
    ).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
  })

  it('also if a connector variable is no longer shown, so that its default is used', async () => {
    const plain = { variables: [], parameters: [] }
    const m = await made(
      'manager',
      { ...plain, uses: [{ key: 'shop' }] },
      {
        baseUrl: 'https://{{ shop }}.acme.test',
        variables: [{ key: 'shop', displayName: 'Shop', defaultValue: 'eu' }],
      },
    )
    await withInstance(m, {})
    expect(await replace(m, apiKey({ ...plain, uses: [{ key: 'shop', configurable: false }] }))).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    })
    expect(await m.db.variableUse.findFirst()).toMatchObject({ configurable: true })
    expect(await replace(m, apiKey({ ...plain, uses: [{ key: 'shop', required: true }] }))).toMatchObject({ ok: true })
  })

  it('no confirmation is needed while no instance and no secret of the method depends on it', async () => {
    const m = await made('manager', hosted)
    expect(await replace(m, moved)).toMatchObject({ ok: true })
  })
})

describe('Refused, and nothing is stored:', () => {
  it.each([
    ['another type', { type: 'basic', variables: [], parameters: [] }, 'type cannot change'],
    ['a document that breaks a rule', { requests: { exchange: { url: 'https://a.test' } } }, 'requests.exchange'],
    ['a secret that would become readable', { variables: [{ key: 'pin', displayName: 'PIN' }] }, 'must stay secret'],
  ])('%s', async (_what, given, message) => {
    const m = await made()
    await withInstance(m, { pin: '1234' })
    const before = valueOf(await getMethodDocument(m.actor, { methodId: m.methodId }))
    expect(await replace(m, apiKey(given))).toMatchObject({
      ok: false,
      error: { field: 'document', message: expect.stringContaining(message) },
    })
    expect(valueOf(await getMethodDocument(m.actor, { methodId: m.methodId }))).toEqual(before)
    expect(await m.db.authenticationMethod.findFirst()).toMatchObject({ revision: 1 })
  })

  it('the name of another method', async () => {
    const m = await made()
    valueOf(
      await importMethod(m.actor, { connectorId: m.connectorId, document: JSON.stringify(apiKey()), name: 'Other' }),
    )
    expect(await replace(m, apiKey({ name: 'other' }))).toMatchObject({
      ok: false,
      error: { code: 'name_taken', field: 'document' },
    })
  })

  it('a method of another connector, of another workspace, or none', async () => {
    const [m, other] = [await made(), await made()]
    const document = JSON.stringify(apiKey())
    const asked = { connectorId: m.connectorId, methodId: m.methodId, revision: 1, document, confirmed: false }
    expect(await replaceMethod(other.actor, asked)).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(await replaceMethod(m.actor, { ...asked, connectorId: other.connectorId })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(await systemDb().authenticationMethod.findFirst({ where: { id: m.methodId } })).toMatchObject({
      revision: 1,
    })
  })
})
