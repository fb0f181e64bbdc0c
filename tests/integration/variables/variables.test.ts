import { beforeAll, describe, expect, it } from 'vitest'
import { sealedIn, unseal } from '@/lib/platform/crypto/seal'
import type { PersonActor } from '@/lib/domain/access/actor'
import { systemDb } from '@/lib/platform/db/client'
import { createVariable } from '@/lib/variables/create-variable'
import { deleteVariable } from '@/lib/variables/delete-variable'
import { reorderVariables } from '@/lib/variables/reorder-variables'
import { updateVariable } from '@/lib/variables/update-variable'
import { listConnectorVariableUses } from '@/lib/variables/list-connector-variable-uses'
import { listRemovalQuestions } from '@/lib/variables/list-removal-questions'
import { listVariables } from '@/lib/variables/list-variables'
import { saveVariableUse } from '@/lib/variables/save-variable-use'
import { variableInputSchema } from '@/lib/variables/schema'
import type { VariableOwner } from '@/lib/variables/views'
import { anActor } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import { aConnector, aFlowUsing, aMethod, anEndpoint, anInstance } from '@/tests/support/endpoint-builders'
import { anInstanceValue, aVariableInput } from '@/tests/support/variable-builders'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})

type Made = {
  actor: PersonActor
  workspaceId: string
  connectorId: string
  connector: { workspaceId: string; connectorId: string }
  owner: VariableOwner
}

async function made(role: PersonActor['role'] = 'manager'): Promise<Made> {
  const actor = await anActor(role)
  const connector = await aConnector(actor.workspaceId)
  return {
    actor,
    ...connector,
    connector,
    owner: { level: 'connector', connectorId: connector.connectorId, ownerId: connector.connectorId },
  }
}

async function added(m: Made, given: Parameters<typeof aVariableInput>[0] = {}, revision = 1) {
  const result = await createVariable(m.actor, {
    owner: m.owner,
    revision,
    variable: aVariableInput(given),
    confirmed: false,
  })
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const refusal = (result: { ok: boolean; error?: { code: string; field?: string; message: string } }) => {
  expect(result.ok).toBe(false)
  return (result as { error: { code: string; field?: string; message: string } }).error
}

describe('variables of a connector, a method and an endpoint', () => {
  it('are listed in the order they were added, and reordered', async () => {
    const m = await made()
    const first = await added(m, { key: 'one' }, 1)
    const second = await added(m, { key: 'two' }, 2)
    await reorderVariables(m.actor, { owner: m.owner, revision: 3, order: [second.variableId, first.variableId] })
    const listed = await listVariables(m.actor, m.owner)
    expect(listed.ok && listed.value.map((variable) => variable.key)).toEqual(['two', 'one'])
  })

  it('may have the same key on different levels, but not on the same level', async () => {
    const m = await made()
    const method = await aMethod(m.connector, 'basic auth')
    const endpoint = await anEndpoint(m.connector, 'List orders')
    await added(m)
    for (const [level, ownerId] of [
      ['method', method.id],
      ['endpoint', endpoint.id],
    ] as const) {
      const owner = { level, connectorId: m.connectorId, ownerId }
      const input = { owner, revision: 1, variable: aVariableInput(), confirmed: false }
      expect((await createVariable(m.actor, input)).ok).toBe(true)
      expect(refusal(await createVariable(m.actor, { ...input, revision: 2 }))).toMatchObject({
        code: 'name_taken',
        field: 'key',
      })
    }
    const again = await createVariable(m.actor, {
      owner: m.owner,
      revision: 2,
      variable: aVariableInput(),
      confirmed: false,
    })
    expect(refusal(again)).toMatchObject({ code: 'name_taken', field: 'key' })
    expect((await added(m, { key: 'Account' }, 2)).revision).toBe(3)
  })

  it('cannot be added, changed or removed by a read-only person or a user', async () => {
    const m = await made()
    const { variableId } = await added(m)
    for (const role of ['read_only', 'user'] as const) {
      const actor = await anActor(role, m.workspaceId)
      const input = { owner: m.owner, revision: 2, variable: aVariableInput({ key: 'x' }), confirmed: true }
      expect(refusal(await createVariable(actor, input)).code).toBe('not_allowed')
      expect(refusal(await updateVariable(actor, { ...input, variableId })).code).toBe('not_allowed')
      expect(
        refusal(await deleteVariable(actor, { owner: m.owner, revision: 2, variableId, confirmed: true })).code,
      ).toBe('not_allowed')
      expect((await listVariables(actor, m.owner)).ok).toBe(true)
    }
  })

  it('of another workspace are not found and not changed', async () => {
    const m = await made()
    const { variableId } = await added(m)
    const stranger = await anActor('administrator')
    const input = {
      owner: m.owner,
      revision: 2,
      variable: aVariableInput({ displayName: 'Taken over' }),
      confirmed: true,
    }
    expect(refusal(await createVariable(stranger, { ...input, variable: aVariableInput({ key: 'other' }) })).code).toBe(
      'not_found',
    )
    expect(refusal(await updateVariable(stranger, { ...input, variableId })).code).toBe('not_found')
    expect(
      refusal(await deleteVariable(stranger, { owner: m.owner, revision: 2, variableId, confirmed: true })).code,
    ).toBe('not_found')
    expect(await listVariables(stranger, m.owner)).toEqual({ ok: true, value: [] })
    expect(refusal(await listVariables(m.actor, { ...m.owner, ownerId: 'not-an-id' })).code).toBe('not_found')
    expect((await systemDb().variable.findFirst({ where: { id: variableId } }))?.displayName).toBe('Account')
  })

  it('cannot be reached through an owner they do not belong to', async () => {
    const m = await made()
    const { variableId } = await added(m)
    const other = await aConnector(m.workspaceId)
    const owner = { level: 'connector' as const, connectorId: other.connectorId, ownerId: other.connectorId }
    expect(refusal(await deleteVariable(m.actor, { owner, revision: 1, variableId, confirmed: true })).code).toBe(
      'not_found',
    )
    const mixed = { level: 'connector' as const, connectorId: m.connectorId, ownerId: other.connectorId }
    expect(
      refusal(
        await createVariable(m.actor, {
          owner: mixed,
          revision: 1,
          variable: aVariableInput({ key: 'x' }),
          confirmed: false,
        }),
      ).code,
    ).toBe('not_found')
  })

  it('refuse the second of two edits of the same revision, naming the first person (rule R12)', async () => {
    const m = await made()
    const dana = await anActor('manager', m.workspaceId, 'Dana')
    await createVariable(dana, {
      owner: m.owner,
      revision: 1,
      variable: aVariableInput({ key: 'hers' }),
      confirmed: false,
    })
    const late = refusal(
      await createVariable(m.actor, { owner: m.owner, revision: 1, variable: aVariableInput(), confirmed: false }),
    )
    expect(late.code).toBe('changed_by_someone_else')
    expect(late.message).toContain('Dana')
    const listed = await listVariables(m.actor, m.owner)
    expect(listed.ok && listed.value.map((variable) => variable.key)).toEqual(['hers'])
  })

  it('refuse a key that Patchbay fills in, an unsafe pattern, and a default that is invalid or a credential', async () => {
    const m = await made()
    for (const [given, field] of [
      [{ key: 'access_token' }, 'key'],
      [{ key: '1st' }, 'key'],
      [{ pattern: '(a)\\1' }, 'pattern'],
      [{ inputKind: 'number', defaultValue: 'many' }, 'defaultValue'],
      [{ secret: true, defaultValue: 'hunter2' }, 'defaultValue'],
      [{ inputKind: 'select' }, 'options'],
      [{ key: 'api_key', defaultValue: 'a-literal-credential' }, 'defaultValue'],
      [{ defaultValue: 'sk_live_4eC39HqLyjWDarjtT1zdp7dc' }, 'defaultValue'],
    ] as const) {
      const input = { owner: m.owner, revision: 1, variable: aVariableInput(given), confirmed: false }
      expect(refusal(await createVariable(m.actor, input)).field).toBe(field)
    }
  })

  it('refuse unknown fields: a client cannot lock or unlock a variable', () => {
    expect(variableInputSchema.safeParse(aVariableInput()).success).toBe(true)
    expect(variableInputSchema.safeParse({ ...aVariableInput(), locked: true }).success).toBe(false)
    expect(variableInputSchema.safeParse({ ...aVariableInput(), displayName: 'a\u0000b' }).success).toBe(false)
    expect(variableInputSchema.safeParse({ ...aVariableInput(), displayName: 'x'.repeat(10_000) }).success).toBe(false)
  })
})

describe('locked variables (rule R13)', () => {
  async function locked(m: Made) {
    const { variableId } = await added(m, { key: 'client_id', displayName: 'Client ID' })
    await database.sql('UPDATE "Variable" SET "locked" = true WHERE "id" = $1', [variableId])
    return variableId
  }

  it('can change everything except key and secrecy, and cannot be removed', async () => {
    const m = await made()
    const variableId = await locked(m)
    const variable = aVariableInput({
      ...{ key: 'client_id', displayName: 'App', helpText: 'The ID of the app.', defaultValue: 'acme', required: true },
      ...{ configurable: false, advanced: true, pattern: '[a-z]+', inputKind: 'multiline' },
    })
    const saved = await updateVariable(m.actor, {
      owner: m.owner,
      revision: 2,
      variableId,
      variable,
      confirmed: false,
    })
    expect(saved.ok).toBe(true)
    expect(await systemDb().variable.findFirst({ where: { id: variableId } })).toMatchObject({
      ...variable,
      locked: true,
    })
    expect(
      refusal(await deleteVariable(m.actor, { owner: m.owner, revision: 3, variableId, confirmed: true })).code,
    ).toBe('locked_variable')
  })

  it('cannot change their key or their secrecy', async () => {
    const m = await made()
    const variableId = await locked(m)
    for (const given of [{ key: 'app_id' }, { secret: true }]) {
      const variable = aVariableInput({ key: 'client_id', displayName: 'Client ID', ...given })
      expect(
        refusal(await updateVariable(m.actor, { owner: m.owner, revision: 2, variableId, variable, confirmed: true })),
      ).toMatchObject({ code: 'locked_variable', field: Object.keys(given)[0] })
    }
  })
})

describe('the secret flag', () => {
  it('switched on seals the existing values in the same transaction', async () => {
    const m = await made()
    const { variableId } = await added(m)
    const instance = await anInstance(m.connector, (await aMethod(m.connector, 'basic auth')).id)
    const valueId = await anInstanceValue(m.connector, instance.id, variableId, 'plain words')
    const variable = aVariableInput({ secret: true })
    expect(
      (await updateVariable(m.actor, { owner: m.owner, revision: 2, variableId, variable, confirmed: false })).ok,
    ).toBe(true)
    const [row] = await database.sql<{ value: string | null; sealedValue: string }>(
      'SELECT "value", "sealedValue" FROM "InstanceValue" WHERE "id" = $1',
      [valueId],
    )
    expect(row?.value).toBeNull()
    expect(
      unseal(sealedIn(row!, 'sealedValue'), {
        workspaceId: m.workspaceId,
        table: 'InstanceValue',
        rowId: valueId,
        field: 'sealedValue',
      }),
    ).toBe('plain words')
    const audit = await database.sql<{ line: string }>(
      'SELECT "changes"::text AS line FROM "AuditLog" WHERE "objectId" = $1',
      [variableId],
    )
    expect(audit.map((entry) => entry.line).join()).not.toContain('plain words')
  })

  it('seals nothing when the edit is refused', async () => {
    const m = await made()
    const { variableId } = await added(m)
    const instance = await anInstance(m.connector, (await aMethod(m.connector, 'basic auth')).id)
    const valueId = await anInstanceValue(m.connector, instance.id, variableId, 'plain words')
    const stale = {
      owner: m.owner,
      revision: 1,
      variableId,
      variable: aVariableInput({ secret: true }),
      confirmed: false,
    }
    expect(refusal(await updateVariable(m.actor, stale)).code).toBe('changed_by_someone_else')
    const [row] = await database.sql<{ value: string }>('SELECT "value" FROM "InstanceValue" WHERE "id" = $1', [
      valueId,
    ])
    expect(row?.value).toBe('plain words')
  })

  it('cannot be switched off while values exist', async () => {
    const m = await made()
    const { variableId } = await added(m, { secret: true })
    const instance = await anInstance(m.connector, (await aMethod(m.connector, 'basic auth')).id, 'Acme UK')
    await anInstanceValue(m.connector, instance.id, variableId, 'sealed words', true)
    const off = { owner: m.owner, revision: 2, variableId, variable: aVariableInput(), confirmed: true }
    const refused = refusal(await updateVariable(m.actor, off))
    expect(refused).toMatchObject({ code: 'in_use', field: 'secret' })
    expect(refused.message).toContain('Acme UK')
    await database.sql('DELETE FROM "InstanceValue" WHERE "variableId" = $1', [variableId])
    expect((await updateVariable(m.actor, off)).ok).toBe(true)
  })
})

describe('removing and renaming', () => {
  it('asks first if instances have values, naming them, and removes the values after confirmation', async () => {
    const m = await made()
    const { variableId } = await added(m)
    const method = await aMethod(m.connector, 'basic auth')
    for (const name of ['Acme EU', 'Acme UK'])
      await anInstanceValue(m.connector, (await anInstance(m.connector, method.id, name)).id, variableId, 'x')
    const removal = { owner: m.owner, revision: 2, variableId, confirmed: false }
    const asked = refusal(await deleteVariable(m.actor, removal))
    expect(asked.code).toBe('confirmation_needed')
    expect(asked.message).toContain('“Acme EU” and “Acme UK”')
    expect((await deleteVariable(m.actor, { ...removal, confirmed: true })).ok).toBe(true)
    expect(await systemDb().instanceValue.count({ where: { variableId } })).toBe(0)
  })

  it('names the flows whose shapes have a value', async () => {
    const m = await made()
    const endpoint = await anEndpoint(m.connector, 'List orders')
    const owner = { level: 'endpoint' as const, connectorId: m.connectorId, ownerId: endpoint.id }
    const made_ = await createVariable(m.actor, { owner, revision: 1, variable: aVariableInput(), confirmed: false })
    const variableId = made_.ok ? made_.value.variableId : ''
    const instance = await anInstance(m.connector, (await aMethod(m.connector, 'basic auth')).id)
    const { shapeId } = await aFlowUsing(m.connector, {
      name: 'Nightly orders',
      instanceId: instance.id,
      endpointId: endpoint.id,
    })
    await systemDb().shapeValue.create({
      data: { workspaceId: m.workspaceId, connectorId: m.connectorId, shapeId, variableId, value: 'x' },
    })
    expect(
      refusal(await deleteVariable(m.actor, { owner, revision: 2, variableId, confirmed: false })).message,
    ).toContain('Nightly orders')
  })

  it('lists what else is removed, for people who may remove it', async () => {
    const m = await made()
    const { variableId } = await added(m)
    await systemDb().connector.update({
      where: { id: m.connectorId },
      data: { baseUrl: 'https://acme.test/{{ account }}' },
    })
    const questions = await listRemovalQuestions(m.actor, { owner: m.owner, variableId })
    expect(questions.ok && questions.value).toEqual([expect.stringContaining('“Base URL”')])
    expect(
      refusal(await listRemovalQuestions(await anActor('read_only', m.workspaceId), { owner: m.owner, variableId }))
        .code,
    ).toBe('not_allowed')
    expect(refusal(await listRemovalQuestions(await anActor('manager'), { owner: m.owner, variableId })).code).toBe(
      'not_found',
    )
  })

  it('removes an unused variable without asking', async () => {
    const m = await made()
    const { variableId } = await added(m)
    expect(await deleteVariable(m.actor, { owner: m.owner, revision: 2, variableId, confirmed: false })).toMatchObject({
      ok: true,
      value: { revision: 3 },
    })
  })

  it('renaming a key keeps the values, and asks first if templates use it', async () => {
    const m = await made()
    const { variableId } = await added(m)
    const instance = await anInstance(m.connector, (await aMethod(m.connector, 'basic auth')).id)
    await anInstanceValue(m.connector, instance.id, variableId, 'stored value')
    await anEndpoint(m.connector, 'List orders', { url: '/accounts/{{ account }}/orders' })
    await anEndpoint(m.connector, 'List accounts', { url: '/accounts' })
    const rename = {
      owner: m.owner,
      revision: 2,
      variableId,
      variable: aVariableInput({ key: 'tenant' }),
      confirmed: false,
    }
    const asked = refusal(await updateVariable(m.actor, rename))
    expect(asked.code).toBe('confirmation_needed')
    expect(asked.message).toContain('“List orders”')
    expect(asked.message).not.toContain('List accounts')
    expect((await updateVariable(m.actor, { ...rename, confirmed: true })).ok).toBe(true)
    expect(await systemDb().instanceValue.findFirst({ where: { variableId } })).toMatchObject({ value: 'stored value' })
  })
})

describe('a variable in the host of a URL (DATA §6)', () => {
  async function inHost(role: PersonActor['role']) {
    const m = await made(role)
    await systemDb().connector.update({
      where: { id: m.connectorId },
      data: { baseUrl: 'https://{{ account }}.acme.test' },
    })
    const { variableId } = await added(m, { defaultValue: 'uk' })
    const method = await aMethod(m.connector, 'basic auth')
    const own = await anInstance(m.connector, method.id, 'Has its own')
    await anInstanceValue(m.connector, own.id, variableId, 'eu')
    await anInstance(m.connector, method.id, 'Relies on the default')
    return {
      m,
      change: {
        owner: m.owner,
        revision: 2,
        variableId,
        variable: aVariableInput({ defaultValue: 'us' }),
        confirmed: true,
      },
    }
  }

  it('only lets an administrator change its default, because stored secrets would go to another host', async () => {
    const { m, change } = await inHost('manager')
    const refused = refusal(await updateVariable(m.actor, change))
    expect(refused.code).toBe('not_allowed')
    expect(refused.message).toContain('Relies on the default')
    expect(refused.message).not.toContain('Has its own')
  })

  it('asks the administrator first', async () => {
    const { m, change } = await inHost('administrator')
    expect(refusal(await updateVariable(m.actor, { ...change, confirmed: false })).code).toBe('confirmation_needed')
    expect((await updateVariable(m.actor, change)).ok).toBe(true)
  })

  it('only lets an administrator add a nearer variable with the same key', async () => {
    const { m } = await inHost('manager')
    const method = await systemDb().authenticationMethod.findFirstOrThrow({ where: { connectorId: m.connectorId } })
    const owner = { level: 'method' as const, connectorId: m.connectorId, ownerId: method.id }
    const shadow = { owner, revision: 1, variable: aVariableInput({ defaultValue: 'evil' }), confirmed: true }
    expect(refusal(await createVariable(m.actor, shadow)).code).toBe('not_allowed')
  })

  it('can be changed freely if it is only part of a path', async () => {
    const { m, change } = await inHost('manager')
    await systemDb().connector.update({
      where: { id: m.connectorId },
      data: { baseUrl: 'https://acme.test/{{ account }}' },
    })
    expect((await updateVariable(m.actor, { ...change, confirmed: false })).ok).toBe(true)
  })
})

describe('use of a connector variable in a method', () => {
  it('carries the method’s own flags and raises the method’s revision', async () => {
    const m = await made()
    const { variableId } = await added(m)
    const method = await aMethod(m.connector, 'basic auth')
    const use = { required: true, configurable: false, advanced: true }
    const input = { connectorId: m.connectorId, methodId: method.id, revision: 1, variableId, use }
    expect(await saveVariableUse(m.actor, input)).toEqual({ ok: true, value: { revision: 2 } })
    const uses = await listConnectorVariableUses(m.actor, { connectorId: m.connectorId, methodId: method.id })
    expect(uses.ok && uses.value).toMatchObject([{ variable: { key: 'account', required: false }, use }])
    expect(refusal(await saveVariableUse(m.actor, input)).code).toBe('changed_by_someone_else')
    expect((await saveVariableUse(m.actor, { ...input, revision: 2, use: null })).ok).toBe(true)
    expect(await systemDb().variableUse.count({ where: { methodId: method.id } })).toBe(0)
  })

  it('refuses another connector’s variable, another workspace, and a read-only person', async () => {
    const m = await made()
    const { variableId } = await added(m)
    const other = await aConnector(m.workspaceId)
    const theirs = await aMethod(other, 'basic auth')
    const use = { required: false, configurable: true, advanced: false }
    const input = { connectorId: other.connectorId, methodId: theirs.id, revision: 1, variableId, use }
    expect(refusal(await saveVariableUse(m.actor, input)).code).toBe('not_found')
    expect(refusal(await saveVariableUse(m.actor, { ...input, connectorId: m.connectorId })).code).toBe('not_found')
    expect(refusal(await saveVariableUse(await anActor('administrator'), input)).code).toBe('not_found')
    expect(refusal(await saveVariableUse(await anActor('read_only', m.workspaceId), input)).code).toBe('not_allowed')
  })
})
