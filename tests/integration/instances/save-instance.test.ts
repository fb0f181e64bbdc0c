import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import { refuse } from '@/lib/domain/result'
import type { PersonActor } from '@/lib/domain/access/actor'
import { getInstance } from '@/lib/instances/get-instance'
import { saveInstanceWith } from '@/lib/instances/save-instance'
import { saveInstanceSchema } from '@/lib/instances/schema'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { checkInstance } from '@/lib/verification/check-instance'
import { known } from '../../sandbox/known'
import { startSandbox } from '../../sandbox/sandbox'
import { acmeBasicValues, acmeConnector, acmeMethod, type Acme, type AcmeMethod } from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { beginInTest, created, plainDetails, save, shown, testConnection } from '../../support/instance-inputs'

const { sql } = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

let manager: PersonActor
let acme: Acme
let basic: AcmeMethod
let id: string

beforeEach(async () => {
  await sandbox.control.reset()
  manager = await anActor('manager')
  acme = await acmeConnector(manager.workspaceId, sandbox.url)
  basic = await acmeMethod(acme, 'basic')
  id = await created(manager, acme, basic, acmeBasicValues, { name: 'Acme UK' })
})

const currentCredentialsWork = async () => {
  const checked = await checkInstance(manager, { instanceId: id })
  return checked.ok && checked.value.outcome === 'accepted'
}
const requests = async () => (await sandbox.control.getRequests({})).length
const sealedPassword = async () =>
  (
    await sql<{ sealedValue: string }>(
      'SELECT "sealedValue" FROM "InstanceValue" WHERE "instanceId" = $1 AND "variableId" = $2',
      [id, basic.variables.password],
    )
  )[0]?.sealedValue

describe('Save instance settings', () => {
  test('stores the changes of all tabs together (rule R8)', async () => {
    await sandbox.control.setBasicPassword({ password: 'basic-password-2' })
    const saved = await save(
      manager,
      id,
      basic,
      { password: 'basic-password-2' },
      { name: 'Acme EU', details: { timeZone: 'Europe/Paris', dateFormat: 'DD/MM/YYYY', maxConcurrent: '3' } },
    )
    expect(saved).toMatchObject({ ok: true, value: { kind: 'saved', verified: true } })
    const view = await shown(manager, id)
    expect(view.details).toMatchObject({
      name: 'Acme EU',
      timeZone: 'Europe/Paris',
      dateFormat: 'DD/MM/YYYY',
      maxConcurrent: 3,
    })
    expect(await currentCredentialsWork()).toBe(true)
  })

  test('keeps a secret that was not changed (rule R10)', async () => {
    const before = await sealedPassword()
    expect(await save(manager, id, basic, {}, { name: 'Acme EU' })).toMatchObject({
      ok: true,
      value: { kind: 'saved' },
    })
    expect(await sealedPassword()).toBe(before)
    expect(await currentCredentialsWork()).toBe(true)
  })

  test('verifies nothing when no credential changed, and leaves the status as it was', async () => {
    await sandbox.control.clearRequests()
    expect(await save(manager, id, basic, { username: known.basic.username }, { name: 'Acme EU' })).toMatchObject({
      ok: true,
      value: { kind: 'saved', verified: false },
    })
    expect(await requests()).toBe(0)
    expect((await shown(manager, id)).health.status).toBe('connected')
  })

  test('refuses rejected credentials, and the old ones stay (rule R6)', async () => {
    const before = await sealedPassword()
    const saved = await save(manager, id, basic, { password: 'not-the-password' }, { name: 'Acme EU' })
    expect(saved).toMatchObject({
      ok: true,
      value: { kind: 'unverified', report: { outcome: 'rejected', step: 'test_request', status: 401 } },
    })
    expect(
      await save(manager, id, basic, { password: 'not-the-password' }, { intent: 'save_without_verifying' }),
    ).toMatchObject({ ok: true, value: { kind: 'unverified' } })
    const view = await shown(manager, id)
    expect([view.name, view.revision, view.health.status]).toEqual(['Acme UK', 1, 'connected'])
    expect(await sealedPassword()).toBe(before)
    expect(await currentCredentialsWork()).toBe(true)
  })

  test('stores credentials that cannot be verified only if the person confirms (rule R6)', async () => {
    await sandbox.control.failApi({ status: 500 })
    expect(await save(manager, id, basic, { password: 'basic-password-2' })).toMatchObject({
      ok: true,
      value: { kind: 'unverified', report: { outcome: 'could_not_tell', status: 500 } },
    })
    expect((await shown(manager, id)).revision).toBe(1)
    expect(
      await save(manager, id, basic, { password: 'basic-password-2' }, { intent: 'save_without_verifying' }),
    ).toMatchObject({ ok: true, value: { kind: 'saved', verified: false } })
    expect((await shown(manager, id)).health).toMatchObject({
      status: 'not_verified',
      lastVerification: { outcome: 'could_not_tell' },
    })
  })

  test('accepts the details as it returns them, and audits only what is new', async () => {
    const given = { ...(await shown(manager, id)).details, maxConcurrent: 3 }
    const input = { instanceId: id, values: {}, certificate: { kind: 'keep' }, intent: 'save' } as const
    const saveDetails = saveInstanceWith(beginInTest)
    expect(await saveDetails(manager, { ...input, revision: 1, details: given })).toMatchObject({ ok: true })
    const { details } = await shown(manager, id)
    expect(details).toEqual(given)
    expect(await saveDetails(manager, { ...input, revision: 2, details })).toMatchObject({ ok: true })
    const audit = await sql(
      `SELECT "changes" FROM "AuditLog" WHERE "objectId" = $1 AND "action" = 'update_instance' ORDER BY "id"`,
      [id],
    )
    expect(audit).toEqual([
      { changes: { fields: [{ field: 'maxConcurrent', from: null, to: 3 }] } },
      { changes: { fields: [] } },
    ])
  })

  test('joins the transaction of the caller, and is rolled back with it', async () => {
    const { details } = await shown(manager, id)
    const renamed = { ...details, name: 'Acme EU' }
    const input = { instanceId: id, revision: 1, values: {}, certificate: { kind: 'keep' }, intent: 'save' } as const
    const undone = await commitUnlessRefused(workspaceDb(manager.workspaceId), async (tx) => {
      expect(await saveInstanceWith(beginInTest)(manager, { ...input, details: renamed }, tx)).toMatchObject({
        ok: true,
      })
      return refuse('in_use', 'Something else went wrong.')
    })
    expect(undone).toMatchObject({ ok: false, error: { code: 'in_use' } })
    expect(await shown(manager, id)).toMatchObject({ name: 'Acme UK', revision: 1 })
  })

  test('is audited with what changed, a secret only as replaced', async () => {
    await sandbox.control.setBasicPassword({ password: 'basic-password-2' })
    await save(manager, id, basic, { password: 'basic-password-2' }, { name: 'Acme EU' })
    const [line] = await sql<{ changes: object }>(
      `SELECT "changes" FROM "AuditLog" WHERE "objectId" = $1 AND "action" = 'update_instance'`,
      [id],
    )
    expect(line?.changes).toEqual({
      fields: [
        { field: 'name', from: 'Acme UK', to: 'Acme EU' },
        { field: 'value', of: 'Password', how: 'replaced' },
      ],
    })
    expect(JSON.stringify(line)).not.toContain('basic-password')
  })

  test('by the second of two editors is refused with the name of the first, before anything is sent (rule R12)', async () => {
    const other = await anActor('manager', manager.workspaceId, 'Robin Vale')
    await save(other, id, basic, {}, { name: 'Acme by Robin', revision: 1 })
    await sandbox.control.clearRequests()
    const second = await save(manager, id, basic, { password: 'anything' }, { name: 'Acme by me', revision: 1 })
    expect(second).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else', message: expect.stringContaining('Robin Vale') },
    })
    expect(await requests()).toBe(0)
    expect((await shown(manager, id)).name).toBe('Acme by Robin')
  })

  test('by two editors at the same moment stores one of them completely (rule R12)', async () => {
    const saves = await Promise.all(
      ['A', 'B', 'C'].map((name) => save(manager, id, basic, {}, { name, details: { dateFormat: name }, revision: 1 })),
    )
    expect(saves.filter(({ ok }) => ok)).toHaveLength(1)
    expect(saves.filter((result) => !result.ok && result.error.code === 'changed_by_someone_else')).toHaveLength(2)
    const { details } = await shown(manager, id)
    expect(details.name).toBe(details.dateFormat)
  })

  test('accepts the name of an instance of another connector', async () => {
    const other = await acmeConnector(manager.workspaceId, sandbox.url)
    await created(manager, other, await acmeMethod(other, 'basic'), acmeBasicValues, { name: 'Acme EU' })
    expect(await save(manager, id, basic, {}, { name: 'Acme EU' })).toMatchObject({ ok: true })
  })

  test('refuses the name of another instance of its connector', async () => {
    await created(manager, acme, basic, acmeBasicValues, { name: 'Acme EU' })
    expect(await save(manager, id, basic, {}, { name: 'acme eu' })).toMatchObject({
      ok: false,
      error: { code: 'name_taken', field: 'name' },
    })
  })

  test('refuses to empty a value that is needed', async () => {
    expect(await save(manager, id, basic, { password: '' })).toMatchObject({
      ok: false,
      error: { code: 'missing_value', field: `values.${basic.variables.password}` },
    })
    expect(await currentCredentialsWork()).toBe(true)
  })

  test('refuses a line break in a value', async () => {
    expect(await save(manager, id, basic, { username: 'acme\r\nX-Admin: 1' })).toMatchObject({
      ok: false,
      error: { code: 'invalid_value', field: `values.${basic.variables.username}` },
    })
  })

  test('cannot change the method: the form has no field for it, and the database refuses it (rule R5)', async () => {
    const token = await acmeMethod(acme, 'token')
    const details = { ...plainDetails, name: 'Acme UK' }
    const input = { instanceId: id, revision: 1, details, values: {}, certificate: { kind: 'keep' }, intent: 'save' }
    expect(saveInstanceSchema.safeParse(input).success).toBe(true)
    expect(saveInstanceSchema.safeParse({ ...input, methodId: token.id }).success).toBe(false)
    await expect(sql('UPDATE "Instance" SET "methodId" = $2 WHERE "id" = $1', [id, token.id])).rejects.toThrow()
  })

  test('does not start an authorisation for a method that has none', async () => {
    expect(await save(manager, id, basic, {}, { intent: 'authorise' })).toMatchObject({
      ok: false,
      error: { code: 'invalid_input' },
    })
  })
})

describe('Test instance connection', () => {
  test('reports all three outcomes with the step that decided, and stores nothing (rule R7)', async () => {
    expect(await testConnection(manager, id, basic, {})).toMatchObject({
      ok: true,
      value: { outcome: 'accepted', step: 'test_request', status: 200 },
    })
    expect(await testConnection(manager, id, basic, { password: 'not-the-password' })).toMatchObject({
      ok: true,
      value: { outcome: 'rejected', status: 401 },
    })
    await sandbox.control.failApi({ status: 429 })
    expect(await testConnection(manager, id, basic, {})).toMatchObject({
      ok: true,
      value: { outcome: 'could_not_tell', status: 429 },
    })
    await sandbox.control.reset()
    const view = await shown(manager, id)
    expect([view.revision, view.health.status]).toEqual([1, 'connected'])
    expect(await currentCredentialsWork()).toBe(true)
  })

  test('needs a manager', async () => {
    expect(await testConnection({ ...manager, role: 'user' }, id, basic, {})).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    })
  })

  test('without a response ends with the timeout, which is inconclusive', async () => {
    const slow = await acmeMethod(acme, 'basic', {
      testUrl: `${sandbox.url}/misbehaving/never-answers`,
      timeoutSeconds: 1,
    })
    const instance = await created(manager, acme, slow, acmeBasicValues, { withoutVerifying: true })
    expect(await testConnection(manager, instance, slow, {})).toMatchObject({
      ok: true,
      value: { outcome: 'could_not_tell', step: 'reaching_host' },
    })
  })

  test.each(['read_only', 'user'] as const)(
    'and saving are refused to the role %s; only *Check now* is for users',
    async (role) => {
      const person = await anActor(role, manager.workspaceId)
      expect(await testConnection(person, id, basic, {})).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
      const input = saveInstanceSchema.parse({
        instanceId: id,
        revision: 1,
        details: { ...plainDetails, name: 'X' },
        values: {},
        certificate: { kind: 'keep' },
        intent: 'save',
      })
      expect(await saveInstanceWith(beginInTest)(person, input)).toMatchObject({
        ok: false,
        error: { code: 'not_allowed' },
      })
      expect(await checkInstance(person, { instanceId: id })).toMatchObject(
        role === 'user' ? { ok: true } : { ok: false, error: { code: 'not_allowed' } },
      )
      expect((await getInstance(person, { instanceId: id })).ok).toBe(true)
    },
  )
})

describe('an instance of another workspace', () => {
  test('is not found by any operation', async () => {
    const stranger = await anActor('administrator')
    const input = saveInstanceSchema.parse({
      instanceId: id,
      revision: 1,
      details: { ...plainDetails, name: 'X' },
      values: {},
      certificate: { kind: 'keep' },
      intent: 'save',
    })
    expect(await getInstance(stranger, { instanceId: id })).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(await saveInstanceWith(beginInTest)(stranger, input)).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(await testConnection(stranger, id, basic, {})).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(await checkInstance(stranger, { instanceId: id })).toMatchObject({ ok: false, error: { code: 'not_found' } })
  })

  test.each(['', 'not-an-id', '00000000-0000-7000-8000-000000000000', "'; DROP TABLE x; --"])(
    'like the unknown id "%s"',
    async (unknown) => {
      expect(await getInstance(manager, { instanceId: unknown })).toMatchObject({
        ok: false,
        error: { code: 'not_found' },
      })
    },
  )
})

describe('another host (DATA §6)', () => {
  beforeEach(async () => {
    const { workspaceId, connectorId } = acme
    await systemDb().connector.updateMany({
      where: { id: connectorId },
      data: { allowedHosts: [sandbox.url, sandbox.evilUrl].map((url) => new URL(url).host) },
    })
    const place = { workspaceId, connectorId, level: 'connector' as const }
    const host = await systemDb().variable.create({
      data: {
        ...place,
        key: 'shop',
        displayName: 'Shop',
        inputKind: 'url',
        configurable: true,
        defaultValue: sandbox.url,
      },
    })
    await systemDb().authenticationPhase.updateMany({
      where: { methodId: basic.id, kind: 'verify' },
      data: { url: '{{ shop }}/collect' },
    })
    basic.variables.shop = host.id
    await workspaceDb(workspaceId).$transaction((tx) => syncConnectorOrigins(tx, manager, connectorId))
    await systemDb().connectorOrigin.updateMany({
      where: { workspaceId, connectorId },
      data: { confirmedAt: new Date() },
    })
  })

  test('needs every stored secret typed again, on saving and on testing, before anything is sent', async () => {
    await sandbox.control.clearRequests()
    const refused = {
      ok: false,
      error: { code: 'secret_needed_for_new_host', field: `values.${basic.variables.password}` },
    }
    expect(await save(manager, id, basic, { shop: sandbox.evilUrl })).toMatchObject(refused)
    expect(
      await save(manager, id, basic, { shop: sandbox.evilUrl }, { intent: 'save_without_verifying' }),
    ).toMatchObject(refused)
    expect(await testConnection(manager, id, basic, { shop: sandbox.evilUrl })).toMatchObject(refused)
    expect(await sandbox.control.getRequests({})).toEqual([])
    expect(await sandbox.control.getRequests({ server: 'evil' })).toEqual([])
  })

  test('accepts secrets that were typed for it', async () => {
    const tested = await testConnection(manager, id, basic, { shop: sandbox.evilUrl, password: 'for-the-other-host' })
    expect(tested).toMatchObject({ ok: true, value: { step: 'test_request' } })
    expect(await sandbox.control.getRequests({ server: 'evil' })).toHaveLength(1)
  })
})
