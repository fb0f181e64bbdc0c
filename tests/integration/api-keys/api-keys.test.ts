import { beforeEach, describe, expect, test } from 'vitest'
import { createApiKey } from '@/lib/api-keys/create-api-key'
import { findApiKey } from '@/lib/api-keys/find-api-key'
import { getApiKey } from '@/lib/api-keys/get-api-key'
import { listApiKeys } from '@/lib/api-keys/list-api-keys'
import { revokeApiKey } from '@/lib/api-keys/revoke-api-key'
import { saveApiKey } from '@/lib/api-keys/save-api-key'
import { systemActor, type PersonActor } from '@/lib/domain/access/actor'
import { listChanges } from '@/lib/activity/list-changes'
import { changeRole } from '@/lib/people/change-role'
import { removePerson } from '@/lib/people/remove-person'
import { systemDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { acmeBasicValues, acmeConnector, acmeInstance, acmeMethod } from '@/tests/support/acme-builders'
import { aKeyActor, anApiKey } from '@/tests/support/api-key-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'

/** Administrators create, change and revoke the API keys of the workspace (PRODUCT §9, DATA §14). */

const { sql } = await testDatabase()

let ada: PersonActor

beforeEach(async () => {
  ada = await anActor('administrator', undefined, 'Ada')
})

type CreateInput = Parameters<typeof createApiKey>[1]
const input = (given: Partial<CreateInput> = {}): CreateInput => ({
  name: 'Nightly export',
  role: 'user',
  limits: null,
  callOnly: false,
  expiresAt: null,
  ...given,
})
const create = async (given: Partial<CreateInput> = {}, actor = ada) => valueOf(await createApiKey(actor, input(given)))
const get = async (keyId: string) => valueOf(await getApiKey(ada, { keyId }))
const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString()
const refused = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } })

/** The lines about keys, oldest first, as *Activity* shows them. */
async function changesOfKeys(actor = ada) {
  const { items } = valueOf(await listChanges(actor, { sort: '-at', objectType: 'api_key' }))
  return items.toReversed().map(({ what, objectName, person, changes }) => ({ what, objectName, person, changes }))
}

async function aConnector(workspaceId = ada.workspaceId) {
  const acme = await acmeConnector(workspaceId, 'https://api.acme.test')
  const instance = await acmeInstance(acme, await acmeMethod(acme, 'basic'), acmeBasicValues)
  const { connector, ...row } = await systemDb().instance.findUniqueOrThrow({
    where: { id: instance.id },
    select: { name: true, connector: { select: { name: true } } },
  })
  return { connectorId: acme.connectorId, instanceId: instance.id, connector: connector.name, instance: row.name }
}

describe('creating', () => {
  test('returns the key once, which then acts for its owner', async () => {
    const { id, key } = await create({ role: 'manager' })
    expect(key).toMatch(/^pb_[\w-]{43}$/)
    expect(await findApiKey(key, null)).toMatchObject({ keyId: id, ownerId: ada.userId, role: 'manager', limits: null })
    expect((await create()).key).not.toBe(key)
  })

  test('stores everything that was chosen', async () => {
    const one = await aConnector()
    const expiresAt = days(30)
    const limits = { connectorIds: [one.connectorId], instanceIds: [one.instanceId] }
    const { id, key } = await create({ role: 'manager', limits, callOnly: true, expiresAt })
    expect(await get(id)).toEqual({
      id,
      name: 'Nightly export',
      prefix: key.slice(0, 9),
      state: 'active',
      role: 'manager',
      currentRole: 'manager',
      owner: { id: ada.userId, name: 'Ada', role: 'administrator' },
      callOnly: true,
      limitedTo: { connectors: 1, instances: 1 },
      limits: [
        { kind: 'connector', id: one.connectorId, label: one.connector, detail: '' },
        { kind: 'instance', id: one.instanceId, label: one.instance, detail: one.connector },
      ],
      createdAt: expect.any(String),
      expiresAt,
      lastUsedAt: null,
      lastUsedAddress: null,
      revokedAt: null,
      revision: 1,
    })
  })

  test('is audited with what was chosen', async () => {
    const one = await aConnector()
    await create({ role: 'manager', limits: { connectorIds: [], instanceIds: [one.instanceId] }, expiresAt: days(1) })
    expect(await changesOfKeys()).toEqual([
      {
        what: 'Created API key',
        objectName: 'Nightly export',
        person: 'Ada',
        changes: [
          'Role: Manager',
          'Limited to some connectors or instances: yes',
          'Only call endpoints: no',
          expect.stringMatching(/^Expires on: \d{4}-\d\d-\d\d \d\d:\d\d UTC$/),
          `Added instance ${one.instance} (${one.connector})`,
        ],
      },
    ])
  })

  test('refuses a connector or an instance of another workspace, or one that does not exist', async () => {
    const own = await aConnector()
    const other = await aConnector((await anActor('administrator')).workspaceId)
    const limits = [
      { connectorIds: [own.connectorId, other.connectorId], instanceIds: [] },
      { connectorIds: [own.connectorId], instanceIds: [other.instanceId] },
      { connectorIds: [newId()], instanceIds: [] },
      { connectorIds: [], instanceIds: ['not an id'] },
    ]
    for (const one of limits)
      expect(await createApiKey(ada, input({ limits: one }))).toMatchObject(refused('not_found'))
    expect(valueOf(await listApiKeys(ada, {})).total).toBe(0)
  })

  test.each<[string, Partial<CreateInput>, string, string]>([
    ['no name', { name: '  ' }, 'name', 'Enter a name that says what uses the key.'],
    ['an unknown role', { role: 'owner' as never }, 'role', 'Choose a role.'],
    [
      'limits that name nothing',
      { limits: { connectorIds: [], instanceIds: [] } },
      'limits',
      'Choose at least one connector or instance, or allow the whole workspace.',
    ],
    [
      'too many limits',
      {
        limits: {
          connectorIds: Array.from({ length: 60 }, () => newId()),
          instanceIds: Array.from({ length: 41 }, () => newId()),
        },
      },
      'limits',
      'Choose at most 100 connectors and instances.',
    ],
    ['an expiry in the past', { expiresAt: days(-1) }, 'expiresAt', 'Choose a time in the future.'],
  ])('refuses %s', async (_what, given, field, message) => {
    expect(await createApiKey(ada, input(given))).toMatchObject(refused('invalid_input', { field, message }))
  })

  test('counts what is named twice only once', async () => {
    const { connectorId } = await aConnector()
    const { id } = await create({ limits: { connectorIds: [connectorId, connectorId], instanceIds: [] } })
    expect(await get(id)).toMatchObject({ limitedTo: { connectors: 1, instances: 0 } })
  })

  test('gives a key that is made with a key to the same owner, with at most the role of that key', async () => {
    const maker = await aKeyActor(ada, { name: 'Provisioning', role: 'administrator' })
    const { id } = valueOf(await createApiKey(maker, input({ role: 'administrator' })))
    expect(await get(id)).toMatchObject({ owner: { id: ada.userId } })
    expect(await changesOfKeys()).toMatchObject([{ person: 'Provisioning' }])
  })

  test('refuses a higher role than the creator has by now, although the request began with another', async () => {
    await anActor('administrator', ada.workspaceId)
    await systemDb().membership.updateMany({ where: { userId: ada.userId }, data: { role: 'user' } })
    expect(await createApiKey(ada, input({ role: 'manager' }))).toMatchObject(refused('not_allowed', { field: 'role' }))
    expect(await createApiKey(ada, input({ role: 'user' }))).toMatchObject({ ok: true })
  })

  test('refuses a creator who was removed meanwhile, and Patchbay itself, because a key needs an owner', async () => {
    await systemDb().membership.deleteMany({ where: { userId: ada.userId } })
    expect(await createApiKey(ada, input())).toMatchObject(refused('not_allowed'))
    expect(await createApiKey(systemActor(ada.workspaceId), input())).toMatchObject(
      refused('not_allowed', { message: expect.stringContaining('belongs to a person') }),
    )
  })

  test('leaves no key without an owner when its creator is removed at the same time', async () => {
    const bo = await anActor('administrator', ada.workspaceId)
    for (let round = 0; round < 5; round += 1) {
      const eve = await anActor('administrator', ada.workspaceId)
      const [created] = await Promise.all([createApiKey(eve, input()), removePerson(bo, { userId: eve.userId })])
      expect(await systemDb().membership.count({ where: { userId: eve.userId } })).toBe(0)
      if (created.ok) expect(await get(created.value.id)).toMatchObject({ state: 'revoked' })
    }
  })
})

describe('listing', () => {
  test('shows the keys by name, with owner, state and last use, and never the key or its hash', async () => {
    const bo = await anActor('user', ada.workspaceId, 'Bo')
    await anApiKey(bo, { name: 'beta', role: 'manager', lastUsedAt: new Date(), lastUsedAddress: '203.0.113.7' })
    await anApiKey(ada, { name: 'Alpha', expiresAt: new Date(Date.now() - 1000) })
    await anApiKey(ada, { name: 'gamma', revokedAt: new Date() })
    await anApiKey(await anActor('administrator'), { name: 'elsewhere' })
    const page = valueOf(await listApiKeys(ada, {}))
    expect(page.total).toBe(3)
    expect(page.items).toMatchObject([
      { name: 'Alpha', state: 'expired', owner: { name: 'Ada' }, lastUsedAt: null },
      {
        ...{ name: 'beta', state: 'active', role: 'manager', currentRole: 'user', owner: { name: 'Bo', role: 'user' } },
        ...{ lastUsedAt: expect.any(String), lastUsedAddress: '203.0.113.7' },
      },
      { name: 'gamma', state: 'revoked', revokedAt: expect.any(String) },
    ])
  })

  test('is searched by name, filtered by state, ordered and read in pages', async () => {
    for (let number = 0; number < 52; number += 1)
      await anApiKey(ada, {
        name: `Export ${String(number).padStart(2, '0')}`,
        ...(number < 2 && { revokedAt: new Date() }),
      })
    await anApiKey(ada, { name: 'Import 100%' })
    const names = async (given: Parameters<typeof listApiKeys>[1]) =>
      valueOf(await listApiKeys(ada, given)).items.map(({ name }) => name)
    expect(await names({ q: 'IMPORT 1' })).toEqual(['Import 100%'])
    expect(await names({ q: '0%' })).toEqual(['Import 100%'])
    expect(await names({ state: 'revoked' })).toEqual(['Export 00', 'Export 01'])
    expect((await names({ sort: '-created' }))[0]).toBe('Import 100%')
    const first = valueOf(await listApiKeys(ada, {}))
    expect(first.items).toHaveLength(50)
    expect(await names({ after: first.nextCursor! })).toEqual(['Export 50', 'Export 51', 'Import 100%'])
  })

  test('shows a key whose owner is no longer in the workspace without a role', async () => {
    const bo = await anActor('user', ada.workspaceId)
    const { keyId } = await anApiKey(bo)
    await systemDb().membership.deleteMany({ where: { userId: bo.userId } })
    expect(await get(keyId)).toMatchObject({ owner: null, currentRole: null })
  })
})

describe('saving', () => {
  test('changes name, role, limits and expiry at once, and audits each field', async () => {
    const [one, two] = [await aConnector(), await aConnector()]
    const { id, key } = await create({ limits: { connectorIds: [one.connectorId], instanceIds: [] } })
    const change = input({
      ...{ name: 'Hourly export', role: 'read_only', callOnly: true, expiresAt: '2100-01-01T00:00:00.000Z' },
      limits: { connectorIds: [], instanceIds: [two.instanceId] },
    })
    expect(await saveApiKey(ada, { keyId: id, revision: 1, ...change })).toEqual({ ok: true, value: { revision: 2 } })
    expect(await findApiKey(key, null)).toMatchObject({
      ...{ label: 'Hourly export', role: 'read_only', callOnly: true },
      limits: { connectorIds: [], instances: [{ id: two.instanceId, connectorId: two.connectorId }] },
    })
    expect((await changesOfKeys())[1]).toEqual({
      what: 'Changed API key',
      objectName: 'Hourly export',
      person: 'Ada',
      changes: [
        'Name: Nightly export → Hourly export',
        'Role: User → Read-only',
        'Only call endpoints: no → yes',
        'Expires on: never → 2100-01-01 00:00 UTC',
        `Removed connector ${one.connector}`,
        `Added instance ${two.instance} (${two.connector})`,
      ],
    })
  })

  test('can lift the limits', async () => {
    const { connectorId } = await aConnector()
    const { id, key } = await create({ limits: { connectorIds: [connectorId], instanceIds: [] } })
    await saveApiKey(ada, { keyId: id, revision: 1, ...input() })
    expect(await findApiKey(key, null)).toMatchObject({ limits: null })
    expect(await systemDb().apiKeyLimit.count({ where: { keyId: id } })).toBe(0)
  })

  test('is refused for the second of two people, who gets the name of the first', async () => {
    const bo = await anActor('administrator', ada.workspaceId, 'Bo')
    const { id } = await create()
    await saveApiKey(bo, { keyId: id, revision: 1, ...input({ name: 'Bo’s name' }) })
    expect(await saveApiKey(ada, { keyId: id, revision: 1, ...input({ name: 'Ada’s name' }) })).toMatchObject(
      refused('changed_by_someone_else', { changedBy: { name: 'Bo' } }),
    )
    expect(await get(id)).toMatchObject({ name: 'Bo’s name', revision: 2 })
    const both = await Promise.all(
      ['One', 'Two'].map((name) => saveApiKey(ada, { keyId: id, revision: 2, ...input({ name }) })),
    )
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test('refuses a revoked key, also when it is revoked at the same time', async () => {
    const { id } = await create()
    await Promise.all([revokeApiKey(ada, { keyId: id }), saveApiKey(ada, { keyId: id, revision: 1, ...input() })])
    expect(await get(id)).toMatchObject({ state: 'revoked' })
    const { revision } = await get(id)
    expect(await saveApiKey(ada, { keyId: id, revision, ...input({ name: 'New' }) })).toMatchObject(
      refused('disabled', { message: '“Nightly export” was revoked and cannot be changed. Create a new API key.' }),
    )
  })

  test('leaves an expiry that has passed, and makes the key usable with a later one', async () => {
    const expiresAt = days(-1)
    const { key, keyId } = await anApiKey(ada, { expiresAt })
    expect(await saveApiKey(ada, { keyId, revision: 1, ...input({ expiresAt }) })).toMatchObject({ ok: true })
    expect(await findApiKey(key, null)).toBeNull()
    expect(await saveApiKey(ada, { keyId, revision: 2, ...input({ expiresAt: days(-2) }) })).toMatchObject(
      refused('invalid_input', { field: 'expiresAt' }),
    )
    await saveApiKey(ada, { keyId, revision: 2, ...input({ expiresAt: days(1) }) })
    expect(await findApiKey(key, null)).not.toBeNull()
  })

  test('refuses a connector of another workspace, and changes nothing', async () => {
    const other = await aConnector((await anActor('administrator')).workspaceId)
    const { id } = await create()
    const limits = { connectorIds: [other.connectorId], instanceIds: [] }
    expect(await saveApiKey(ada, { keyId: id, revision: 1, ...input({ name: 'New', limits }) })).toMatchObject(
      refused('not_found', { field: 'limits' }),
    )
    expect(await get(id)).toMatchObject({ name: 'Nightly export', limits: null, revision: 1 })
  })
})

describe('revoking', () => {
  test('ends the key, which cannot be undone, with one line in the audit log however often it is asked for', async () => {
    const { id, key } = await create()
    await Promise.all([1, 2, 3].map(() => revokeApiKey(ada, { keyId: id })))
    expect(await revokeApiKey(ada, { keyId: id })).toEqual({ ok: true, value: null })
    expect(await findApiKey(key, null)).toBeNull()
    expect((await changesOfKeys()).map(({ what }) => what)).toEqual(['Created API key', 'Revoked API key'])
  })
})

describe('an owner', () => {
  test('who gets a lower role limits the key from then on', async () => {
    const { key } = await create({ role: 'administrator' })
    const bo = await anActor('administrator', ada.workspaceId)
    await changeRole(bo, { userId: ada.userId, role: 'read_only' })
    expect(await findApiKey(key, null)).toMatchObject({ role: 'read_only' })
  })

  test('who is removed loses the keys: those taken over go on with the new owner, the others are revoked', async () => {
    const [kept, lost] = [await create({ name: 'Kept', role: 'manager' }), await create({ name: 'Lost' })]
    const bo = await anActor('administrator', ada.workspaceId, 'Bo')
    await removePerson(bo, { userId: ada.userId, takeOver: [kept.id] })
    expect(await findApiKey(kept.key, null)).toMatchObject({ ownerId: bo.userId, role: 'manager' })
    expect(await findApiKey(lost.key, null)).toBeNull()
    expect((await changesOfKeys(bo)).slice(2).map(({ what, objectName }) => `${what}: ${objectName}`)).toEqual([
      'Took over API key: Kept',
      'Revoked API key: Lost',
    ])
  })
})

describe('nobody else', () => {
  const operations: [string, (actor: Parameters<typeof createApiKey>[0], keyId: string) => Promise<unknown>][] = [
    ['creates', (actor) => createApiKey(actor, input())],
    ['lists', (actor) => listApiKeys(actor, {})],
    ['sees', (actor, keyId) => getApiKey(actor, { keyId })],
    ['changes', (actor, keyId) => saveApiKey(actor, { keyId, revision: 1, ...input({ name: 'New' }) })],
    ['revokes', (actor, keyId) => revokeApiKey(actor, { keyId })],
  ]

  test.each(operations)('%s keys: a manager, a restricted key, a key that may only call', async (_what, ask) => {
    const { id } = await create()
    const { connectorId } = await aConnector()
    const admin = { role: 'administrator' as const }
    const others = [
      await anActor('manager', ada.workspaceId),
      await aKeyActor(ada, { role: 'manager' }),
      await aKeyActor(ada, { ...admin, limits: { connectorIds: [connectorId] } }),
      await aKeyActor(ada, { ...admin, callOnly: true }),
    ]
    for (const actor of others) expect(await ask(actor, id)).toMatchObject(refused('not_allowed'))
    expect(await get(id)).toMatchObject({ name: 'Nightly export', state: 'active' })
  })

  test.each(operations.slice(2))('%s a key of another workspace', async (_what, ask) => {
    const { id } = await create()
    expect(await ask(await anActor('administrator'), id)).toMatchObject(refused('not_found'))
    expect(await get(id)).toMatchObject({ name: 'Nightly export', state: 'active' })
  })
})

test('nothing of a key or its hash is in any output, error, audit line or other column after its creation', async () => {
  const { id, key } = await create()
  const { keyHash } = await systemDb().apiKey.findUniqueOrThrow({ where: { id }, omit: { keyHash: false } })
  const outputs: unknown[] = [
    await findApiKey(key, '203.0.113.7'),
    await getApiKey(ada, { keyId: id }),
    await listApiKeys(ada, {}),
    await saveApiKey(ada, { keyId: id, revision: 1, ...input({ name: 'New' }) }),
    await saveApiKey(ada, { keyId: id, revision: 1, ...input() }),
    await getApiKey(ada, { keyId: key }),
    await listApiKeys(ada, { q: key }),
    await revokeApiKey(ada, { keyId: id }),
    await systemDb().apiKey.findMany({ where: { id } }),
    await sql(`SELECT * FROM "AuditLog" WHERE "workspaceId" = $1`, [ada.workspaceId]),
    await sql(`SELECT row_to_json(k)::jsonb - 'keyHash' FROM "ApiKey" k WHERE "id" = $1`, [id]),
  ]
  const text = JSON.stringify(outputs)
  expect(text).toContain(key.slice(0, 9))
  // Already two more characters than people see would be a part of the key.
  for (const secret of [key, key.slice(0, 11), key.slice(-8), keyHash, keyHash.slice(0, 8)])
    expect(text).not.toContain(secret)
})
