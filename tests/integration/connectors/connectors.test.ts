import { beforeAll, describe, expect, it } from 'vitest'
import { createConnector } from '@/lib/connectors/create-connector'
import { deleteConnector } from '@/lib/connectors/delete-connector'
import { updateConnector } from '@/lib/connectors/update-connector'
import { getConnector } from '@/lib/connectors/get-connector'
import { getConnectorIcon } from '@/lib/connectors/get-connector-icon'
import { readConnectorForm } from '@/lib/connectors/read-connector-form'
import { createConnectorSchema, type CreateConnector } from '@/lib/connectors/schema'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { anActor } from '@/tests/support/builders'
import { connectorDetails } from '@/tests/support/connector-builders'
import { testDatabase } from '@/tests/support/database'
import { aMethod, anEndpoint, anInstance } from '@/tests/support/endpoint-builders'

beforeAll(async () => {
  await testDatabase()
})

async function created(actor: PersonActor, given: Partial<CreateConnector> = {}) {
  const result = await createConnector(actor, connectorDetails(given))
  if (!result.ok) throw new Error(result.error.message)
  return { id: result.value.id, place: { workspaceId: actor.workspaceId, connectorId: result.value.id } }
}

const errorOf = (result: { ok: boolean; error?: { code: string; field?: string; message: string } }) => {
  expect(result.ok).toBe(false)
  return result.error!
}

describe('a connector', () => {
  it('stores what was typed and has a key that renaming does not change', async () => {
    const actor = await anActor('manager')
    const { id } = await created(actor, {
      rateLimitAmount: 40,
      rateLimitUnit: 'minute',
      allowedHosts: ['*.acme.test'],
      description: 'Shop',
    })
    const before = await getConnector(actor, { connectorId: id })
    expect(before.ok && before.value).toMatchObject({
      key: 'acme-commerce',
      rateLimitAmount: 40,
      rateLimitUnit: 'minute',
      allowedHosts: ['*.acme.test'],
      revision: 1,
      updatedBy: actor.label,
    })
    const renamed = await updateConnector(actor, {
      ...connectorDetails({ name: 'Acme Shops' }),
      connectorId: id,
      revision: 1,
    })
    expect(renamed).toMatchObject({ ok: true, value: { revision: 2, pendingOrigins: [] } })
    const after = await getConnector(actor, { connectorId: id })
    expect(after.ok && after.value).toMatchObject({
      name: 'Acme Shops',
      key: 'acme-commerce',
      rateLimitAmount: null,
      rateLimitUnit: null,
    })
  })

  it('has a unique name ignoring case, but v1 and v2 can both exist', async () => {
    const actor = await anActor('manager')
    await created(actor, { versionLabel: 'v1' })
    expect(
      errorOf(await createConnector(actor, connectorDetails({ name: '  ACME  commerce', versionLabel: 'V1' }))),
    ).toMatchObject({ code: 'name_taken', field: 'name' })
    const second = await created(actor, { versionLabel: 'v2' })
    expect(
      errorOf(
        await updateConnector(actor, {
          ...connectorDetails({ versionLabel: 'v1' }),
          connectorId: second.id,
          revision: 1,
        }),
      ).code,
    ).toBe('name_taken')
    const keys = await systemDb().connector.findMany({
      where: { workspaceId: actor.workspaceId },
      select: { key: true },
      orderBy: { key: 'asc' },
    })
    expect(keys.map(({ key }) => key)).toEqual(['acme-commerce', 'acme-commerce-2'])
    await created(await anActor('manager'), { versionLabel: 'v1' })
  })

  it('of another workspace is not found, and neither is an invalid id', async () => {
    const { id } = await created(await anActor('manager'))
    const stranger = await anActor('administrator')
    for (const wanted of [id, 'nonsense', '00000000-0000-7000-8000-000000000000']) {
      expect(errorOf(await getConnector(stranger, { connectorId: wanted })).code).toBe('not_found')
      expect(errorOf(await getConnectorIcon(stranger, { connectorId: wanted })).code).toBe('not_found')
    }
    expect(errorOf(await updateConnector(stranger, { ...connectorDetails(), connectorId: id, revision: 1 })).code).toBe(
      'not_found',
    )
    expect(errorOf(await deleteConnector(stranger, { connectorId: id, typedName: 'Acme Commerce' })).code).toBe(
      'not_found',
    )
  })

  it('can be seen but not changed by read-only people and users', async () => {
    const manager = await anActor('manager')
    const { id } = await created(manager)
    for (const role of ['read_only', 'user'] as const) {
      const actor = await anActor(role, manager.workspaceId)
      expect((await getConnector(actor, { connectorId: id })).ok).toBe(true)
      expect(errorOf(await createConnector(actor, connectorDetails({ name: 'Other' }))).code).toBe('not_allowed')
      expect(errorOf(await updateConnector(actor, { ...connectorDetails(), connectorId: id, revision: 1 })).code).toBe(
        'not_allowed',
      )
      expect(errorOf(await deleteConnector(actor, { connectorId: id, typedName: 'Acme Commerce' })).code).toBe(
        'not_allowed',
      )
    }
  })

  it('refuses the second of two edits and names the person of the first (rule R12)', async () => {
    const dana = await anActor('manager', undefined, 'Dana')
    const { id } = await created(dana)
    const lee = await anActor('manager', dana.workspaceId, 'Lee')
    const edits = [dana, lee].map((actor) =>
      updateConnector(actor, { ...connectorDetails({ description: actor.label }), connectorId: id, revision: 1 }),
    )
    const [first, second] = await Promise.all(edits)
    const winner = first!.ok ? 'Dana' : 'Lee'
    const refused = errorOf(first!.ok ? second! : first!)
    expect(refused.code).toBe('changed_by_someone_else')
    expect(refused.message).toContain(winner)
    expect(await systemDb().connector.findUnique({ where: { id } })).toMatchObject({ description: winner, revision: 2 })
  })

  it('writes every change to the audit log with what changed', async () => {
    const actor = await anActor('manager')
    const { id } = await created(actor)
    await updateConnector(actor, {
      ...connectorDetails({ baseUrl: 'https://other.test' }),
      connectorId: id,
      revision: 1,
    })
    await deleteConnector(actor, { connectorId: id, typedName: 'acme commerce' })
    const lines = await systemDb().auditLog.findMany({
      where: { workspaceId: actor.workspaceId, objectType: 'connector' },
      orderBy: { id: 'asc' },
    })
    expect(lines.map((line) => line.action)).toEqual(['create_connector', 'update_connector', 'delete_connector'])
    expect(lines[1]!.changes).toEqual({
      fields: [{ field: 'baseUrl', from: 'https://api.acme.test/v1', to: 'https://other.test' }],
    })
  })
})

describe('deleting (rule R11)', () => {
  it('is refused while there are instances, and names them', async () => {
    const actor = await anActor('manager')
    const { id, place } = await created(actor)
    const method = await aMethod(place, 'basic auth')
    for (const name of ['Acme UK', 'Acme EU']) await anInstance(place, method.id, name)
    const refused = errorOf(await deleteConnector(actor, { connectorId: id, typedName: 'Acme Commerce' }))
    expect(refused.code).toBe('in_use')
    expect(refused.message).toContain('“Acme EU” and “Acme UK”')
  })

  it('asks for the name, and then deletes everything in the connector', async () => {
    const actor = await anActor('manager')
    const { id, place } = await created(actor)
    await aMethod(place, 'basic auth')
    await anEndpoint(place, 'List orders')
    expect(errorOf(await deleteConnector(actor, { connectorId: id, typedName: 'Acme' }))).toMatchObject({
      code: 'invalid_input',
      field: 'typedName',
    })
    expect((await deleteConnector(actor, { connectorId: id, typedName: 'Acme Commerce' })).ok).toBe(true)
    expect(await systemDb().endpoint.count({ where: { connectorId: id } })).toBe(0)
  })
})

describe('what a connector may be', () => {
  it('refuses a base URL that is invalid or contains a password or a literal secret, with an error on the field', async () => {
    const actor = await anActor('manager')
    for (const baseUrl of [
      'javascript:alert(1)',
      'ftp://acme.test',
      '/relative',
      'https://dana:secret@acme.test',
      'https://{{ a }}.{{ b }}',
      'https://{{ account }}.com',
    ]) {
      expect(errorOf(await createConnector(actor, connectorDetails({ baseUrl }))).field).toBe('baseUrl')
    }
    const literal = connectorDetails({ baseUrl: 'https://api.acme.test/?key=sk_live_4eC39HqLyjWDarjtT1zdp7dc' })
    expect(errorOf(await createConnector(actor, literal))).toMatchObject({ code: 'literal_secret', field: 'baseUrl' })
    expect(await systemDb().connector.count({ where: { workspaceId: actor.workspaceId } })).toBe(0)
  })

  it('is closed to unknown fields, overlong names, control characters and links that run code', async () => {
    const { icon: _icon, ...details } = connectorDetails()
    const typed = { ...details, rateLimitAmount: '', colour: '', allowedHosts: '' }
    const isSound = async (values: object) => {
      const data = new FormData()
      for (const [name, value] of Object.entries(values)) data.set(name, String(value))
      return createConnectorSchema.safeParse((await readConnectorForm(data)).input).success
    }
    expect(await isSound(typed)).toBe(true)
    for (const wrong of [
      { workspaceId: 'x' },
      { name: 'x'.repeat(10_000) },
      { name: 'a\u0007b' },
      { name: '  ' },
      { documentationUrl: 'javascript:alert(1)' },
      { rateLimitAmount: '0' },
      { rateLimitAmount: '1e9' },
      { colour: 'red; background: url(x)' },
      { allowedHosts: 'https://acme.test/path' },
      { allowedHosts: '*.com' },
    ]) {
      expect(await isSound({ ...typed, ...wrong }), JSON.stringify(wrong).slice(0, 80)).toBe(false)
    }
  })

  it('with instances lets a new host wait for an administrator, and says so', async () => {
    const actor = await anActor('manager')
    const { id, place } = await created(actor)
    await anInstance(place, (await aMethod(place, 'basic auth')).id)
    const moved = await updateConnector(actor, {
      ...connectorDetails({ baseUrl: 'https://evil.test' }),
      connectorId: id,
      revision: 1,
    })
    expect(moved).toMatchObject({ ok: true, value: { pendingOrigins: ['https://evil.test'] } })
  })
})
