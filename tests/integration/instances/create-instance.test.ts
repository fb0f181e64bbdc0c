import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { refuse } from '@/lib/domain/result'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import type { PersonActor } from '@/lib/domain/access/actor'
import { createInstanceWith } from '@/lib/instances/create-instance'
import { listInstanceOptions } from '@/lib/flows/list-instance-options'
import { getNewInstance } from '@/lib/instances/get-new-instance'
import { listConnectorChoices } from '@/lib/instances/list-connector-choices'
import { createInstanceSchema } from '@/lib/instances/schema'
import { listFound } from '@/lib/search/list-found'
import { known } from '../../sandbox/known'
import { startSandbox } from '../../sandbox/sandbox'
import { acmeBasicValues, acmeConnector, acmeMethod, type Acme, type AcmeMethod } from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { valueOf } from '../../support/definition-builders'
import { beginInTest, create, created, createInput, shown } from '../../support/instance-inputs'

const { sql } = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

let manager: PersonActor
let acme: Acme
let basic: AcmeMethod

beforeEach(async () => {
  await sandbox.control.reset()
  manager = await anActor('manager')
  acme = await acmeConnector(manager.workspaceId, sandbox.url)
  basic = await acmeMethod(acme, 'basic')
})

const instances = () => systemDb().instance.count({ where: { workspaceId: manager.workspaceId } })

describe('a new instance', () => {
  test('is offered every method of the connector, whether or not an endpoint accepts it (rule R5)', async () => {
    const token = await acmeMethod(acme, 'token')
    const oauth = await acmeMethod(acme, 'oauth2_authorization_code')
    const view = await getNewInstance(manager, { connectorId: acme.connectorId })
    expect(view.ok && view.value.methods.map(({ id, needsPerson }) => [id, needsPerson]).sort()).toEqual(
      [
        [basic.id, false],
        [token.id, false],
        [oauth.id, true],
      ].sort(),
    )
  })

  test('is named after the connector if it is its first instance; later ones have no name yet', async () => {
    const { connectorId } = acme
    const { name } = await systemDb().connector.findUniqueOrThrow({ where: { id: connectorId } })
    expect(valueOf(await getNewInstance(manager, { connectorId })).proposedName).toBe(name)
    await created(manager, acme, basic, acmeBasicValues)
    expect(valueOf(await getNewInstance(manager, { connectorId })).proposedName).toBe('')
  })

  test('with accepted credentials is connected, and says who verified it', async () => {
    const id = await created(manager, acme, basic, acmeBasicValues, {
      name: 'Acme UK',
      details: { timeZone: 'Europe/London', rateLimitAmount: '5', maxConcurrent: '2' },
    })
    const view = await shown(manager, id)
    expect(view.health).toMatchObject({
      status: 'connected',
      lastVerifiedBy: manager.label,
      lastVerification: { outcome: 'accepted', step: 'test_request', status: 200 },
    })
    expect(view.details).toEqual({
      name: 'Acme UK',
      timeZone: 'Europe/London',
      dateFormat: '',
      rateLimitAmount: 5,
      rateLimitUnit: 'second',
      maxConcurrent: 2,
      externalId: '',
      labels: [],
    })
    expect(view.fields.main.map(({ variable, isSet, value }) => [variable.key, isSet, value])).toEqual([
      ['username', true, known.basic.username],
      ['password', true, ''],
    ])
  })

  test('is audited with what was set, never with the secret', async () => {
    const id = await created(manager, acme, basic, acmeBasicValues)
    const lines = await sql<{ action: string; actorName: string; changes: object }>(
      'SELECT "action", "actorName", "changes" FROM "AuditLog" WHERE "objectId" = $1',
      [id],
    )
    expect(lines).toMatchObject([
      {
        action: 'create_instance',
        actorName: manager.label,
        changes: { fields: expect.arrayContaining([{ field: 'value', of: 'Password', how: 'set' }]) },
      },
    ])
    expect(JSON.stringify(lines)).not.toContain(known.basic.password)
  })

  test('with rejected credentials is not added, and the reason of the third party is shown (rule R6)', async () => {
    const result = await create(manager, acme, basic, { ...acmeBasicValues, password: 'not-the-password' })
    expect(result).toMatchObject({
      ok: true,
      value: { kind: 'unverified', report: { outcome: 'rejected', step: 'test_request', status: 401 } },
    })
    expect(JSON.stringify(result)).not.toContain('not-the-password')
    expect(await instances()).toBe(0)
  })

  test('with rejected credentials is not added without verifying either (rule R6)', async () => {
    const result = await create(
      manager,
      acme,
      basic,
      { ...acmeBasicValues, password: 'not-the-password' },
      { withoutVerifying: true },
    )
    expect(result).toMatchObject({ ok: true, value: { kind: 'unverified', report: { outcome: 'rejected' } } })
    expect(await instances()).toBe(0)
  })

  test('that cannot be verified is only added if the person confirms, and then is not verified (rule R6)', async () => {
    await sandbox.control.failApi({ status: 503 })
    expect(await create(manager, acme, basic, acmeBasicValues)).toMatchObject({
      ok: true,
      value: { kind: 'unverified', report: { outcome: 'could_not_tell', status: 503 } },
    })
    expect(await instances()).toBe(0)
    const id = await created(manager, acme, basic, acmeBasicValues, { withoutVerifying: true })
    expect((await shown(manager, id)).health).toMatchObject({
      status: 'not_verified',
      lastVerification: { outcome: 'could_not_tell' },
    })
  })

  test('of a method without a test request has nothing to be verified against (rule R6)', async () => {
    const method = await acmeMethod(acme, 'basic', { testUrl: null })
    expect(await create(manager, acme, method, acmeBasicValues)).toMatchObject({
      ok: true,
      value: { kind: 'unverified', report: { outcome: 'nothing_to_verify' } },
    })
    const id = await created(manager, acme, method, acmeBasicValues, { withoutVerifying: true })
    expect((await shown(manager, id)).health.status).toBe('not_verified')
  })

  test('is not asked for values of the method, and refuses them', async () => {
    const { seal } = await import('@/lib/platform/crypto/seal')
    const { newId } = await import('@/lib/platform/db/new-id')
    const { workspaceId, connectorId } = acme
    const id = newId()
    const sealedValue = seal(known.basic.password, {
      workspaceId,
      table: 'MethodValue',
      rowId: id,
      field: 'sealedValue',
    })
    await systemDb().methodValue.create({
      data: { id, workspaceId, connectorId, methodId: basic.id, variableId: basic.variables.password!, sealedValue },
    })
    const view = await getNewInstance(manager, { connectorId })
    expect(view.ok && view.value.methods[0]?.fields.main.map(({ variable }) => variable.key)).toEqual(['username'])
    expect(await create(manager, acme, basic, acmeBasicValues)).toMatchObject({
      ok: false,
      error: { code: 'invalid_input', field: `values.${basic.variables.password}` },
    })
    expect(
      (await shown(manager, await created(manager, acme, basic, { username: known.basic.username }))).health.status,
    ).toBe('connected')
  })

  test('gets a unique key, even if another instance that once had the name was renamed', async () => {
    const first = await created(manager, acme, basic, acmeBasicValues, { name: 'Acme UK' })
    await systemDb().instance.update({
      where: { workspaceId: manager.workspaceId, id: first },
      data: { name: 'Old', foldedName: 'old' },
    })
    const second = await created(manager, acme, basic, acmeBasicValues, { name: 'Acme UK' })
    const rows = await systemDb().instance.findMany({
      where: { id: { in: [first, second] } },
      select: { key: true },
      orderBy: { createdAt: 'asc' },
    })
    expect(rows.map(({ key }) => key)).toEqual(['acme-uk', 'acme-uk-2'])
  })

  test('can be added by many at the same moment with names that lead to the same key', async () => {
    const names = ['Acme UK', 'Acme-UK', 'Acme/UK']
    const ids = await Promise.all(names.map((name) => created(manager, acme, basic, acmeBasicValues, { name })))
    expect(new Set(ids).size).toBe(3)
  })
})

describe('instances of two connectors', () => {
  test('may have the same name, and are distinguished by their connectors and keys', async () => {
    const other = await acmeConnector(manager.workspaceId, sandbox.url)
    const method = await acmeMethod(other, 'basic')
    const first = await created(manager, acme, basic, acmeBasicValues, { name: 'Twin' })
    const second = await created(manager, other, method, acmeBasicValues, { name: 'Twin' })
    const rows = await systemDb().instance.findMany({
      where: { id: { in: [first, second] } },
      select: { key: true, connector: { select: { name: true } } },
      orderBy: { key: 'asc' },
    })
    expect(rows.map(({ key }) => key)).toEqual(['twin', 'twin-2'])
    const names = rows.map(({ connector }) => connector.name).sort()
    expect(names[0]).not.toBe(names[1])
    const options = await listInstanceOptions(manager, { search: 'twin' })
    const found = await listFound(manager, { text: 'twin' })
    expect(options.ok && options.value.map(({ connectorName }) => connectorName).sort()).toEqual(names)
    expect(found.ok && found.value.map(({ detail }) => detail).sort()).toEqual(names)
  })

  test('are refused by the database itself if one connector would have the name twice', async () => {
    const id = await created(manager, acme, basic, acmeBasicValues, { name: 'Only one' })
    const twice = systemDb().instance.create({
      data: {
        ...{ workspaceId: manager.workspaceId, connectorId: acme.connectorId, methodId: basic.id, key: 'only-one-2' },
        ...{ name: 'ONLY one', foldedName: 'only one' },
      },
    })
    await expect(twice).rejects.toThrow()
    expect(await systemDb().instance.count({ where: { connectorId: acme.connectorId, foldedName: 'only one' } })).toBe(
      1,
    )
    expect(id).toBeTruthy()
  })

  test('added to one connector at the same moment under one name are added once', async () => {
    const results = await Promise.all(
      [1, 2, 3].map(() => create(manager, acme, basic, acmeBasicValues, { name: 'Racing name' })),
    )
    expect(results.map((result) => (result.ok ? 'added' : result.error.code)).sort()).toEqual([
      'added',
      'name_taken',
      'name_taken',
    ])
  })
})

describe('a new instance is refused', () => {
  test('with the name of another one of its connector, ignoring case, before anything is sent', async () => {
    await created(manager, acme, basic, acmeBasicValues, { name: 'Acme UK' })
    await sandbox.control.clearRequests()
    const { name } = await systemDb().connector.findFirstOrThrow({ where: { id: acme.connectorId } })
    expect(await create(manager, acme, basic, acmeBasicValues, { name: 'ＡCME  uk' })).toMatchObject({
      ok: false,
      error: {
        code: 'name_taken',
        field: 'name',
        message: `${name} already has an instance called “ＡCME  uk”. Choose another name.`,
      },
    })
    expect(await sandbox.control.getRequests({})).toEqual([])
  })

  test('without a value that the method needs, with an error on its field, before anything is sent', async () => {
    await sandbox.control.clearRequests()
    expect(await create(manager, acme, basic, { username: 'acme-api' })).toMatchObject({
      ok: false,
      error: { code: 'missing_value', field: `values.${basic.variables.password}` },
    })
    expect(await create(manager, acme, basic, { username: '', password: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'missing_value', field: `values.${basic.variables.username}` },
    })
    expect(await sandbox.control.getRequests({})).toEqual([])
  })

  test('with line breaks or control characters in a value, which is not repeated', async () => {
    for (const value of ['secret-value\r\nX-Admin: 1', 'secret-value\u0000', 'secret-value\u001b[0m']) {
      const result = await create(manager, acme, basic, { ...acmeBasicValues, password: value })
      expect(result).toMatchObject({
        ok: false,
        error: { code: 'invalid_value', field: `values.${basic.variables.password}` },
      })
      expect(JSON.stringify(result)).not.toContain('secret-value')
    }
  })

  test('with a value longer than a variable takes', async () => {
    expect(await create(manager, acme, basic, { ...acmeBasicValues, username: 'x'.repeat(20_000) })).toMatchObject({
      ok: false,
      error: { code: 'invalid_value', field: `values.${basic.variables.username}` },
    })
  })

  test('with a method of another connector (rule R4)', async () => {
    const other = await acmeMethod(await acmeConnector(manager.workspaceId, sandbox.url), 'basic')
    expect(await create(manager, acme, other, acmeBasicValues)).toMatchObject({
      ok: false,
      error: { code: 'not_found', field: 'methodId' },
    })
  })

  test('with a value for a variable of another method', async () => {
    const token = await acmeMethod(acme, 'token')
    const result = await create(manager, acme, basic, { ...acmeBasicValues, [token.variables.token!]: 'x' })
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
  })

  test('with a connector or method of another workspace', async () => {
    const stranger = await anActor('manager')
    expect(await create(stranger, acme, basic, acmeBasicValues)).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(await getNewInstance(stranger, { connectorId: acme.connectorId })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(await getNewInstance(manager, { connectorId: 'not-an-id' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(await listConnectorChoices(stranger, { q: '', sort: 'name', after: '' })).toMatchObject({
      ok: true,
      value: { total: 0 },
    })
  })

  test.each(['read_only', 'user'] as const)('from the role %s, by calling the mutation directly', async (role) => {
    const person = await anActor(role, manager.workspaceId)
    expect(await create(person, acme, basic, acmeBasicValues)).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    })
    expect(await getNewInstance(person, { connectorId: acme.connectorId })).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    })
    expect(await instances()).toBe(0)
  })

  test.each([
    ['a 10,000-character name', { name: 'x'.repeat(10_000) }, 'details.name'],
    ['a control character in its name', { name: 'Acme\u0007' }, 'details.name'],
    ['a line break in its name', { name: 'Acme\r\nUK' }, 'details.name'],
    ['an empty name', { name: '   ' }, 'details.name'],
    ['no time zone of the list', { details: { timeZone: 'Mars/Olympus' } }, 'details.timeZone'],
    ['an offset for a time zone', { details: { timeZone: '+01:00' } }, 'details.timeZone'],
    ['a rate limit of 0', { details: { rateLimitAmount: '0' } }, 'details.rateLimitAmount'],
    ['a rate limit that is no number', { details: { rateLimitAmount: '1e3' } }, 'details.rateLimitAmount'],
    ['a unit that does not exist', { details: { rateLimitUnit: 'fortnight' } }, 'details.rateLimitUnit'],
    [
      'a rate limit without a unit',
      { details: { rateLimitAmount: '5', rateLimitUnit: null } },
      'details.rateLimitUnit',
    ],
    ['too many simultaneous requests', { details: { maxConcurrent: '1001' } }, 'details.maxConcurrent'],
  ])('with %s, beside the field', (_what, given, field) => {
    const parsed = createInstanceSchema.safeParse(createInput(acme, basic, acmeBasicValues, given as object))
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
  })

  test('with an unknown key: every object is closed', () => {
    expect(
      createInstanceSchema.safeParse({ ...createInput(acme, basic, acmeBasicValues), status: 'connected' }).success,
    ).toBe(false)
  })
})

test('numbers may come as numbers, as a program sends them', async () => {
  const limits = { rateLimitAmount: 5, rateLimitUnit: 'minute', maxConcurrent: null }
  const id = await created(manager, acme, basic, acmeBasicValues, { details: limits as object })
  expect((await shown(manager, id)).details).toMatchObject(limits)
})

test('a new instance joins the transaction of the caller, and is rolled back with it', async () => {
  const input = createInstanceSchema.parse(createInput(acme, basic, acmeBasicValues))
  await commitUnlessRefused(workspaceDb(manager.workspaceId), async (tx) => {
    expect(await createInstanceWith(beginInTest)(manager, input, tx)).toMatchObject({ ok: true })
    return refuse('in_use', 'Something else went wrong.')
  })
  expect(await instances()).toBe(0)
})

test('an instance that could not begin its authorisation is not left behind', async () => {
  const oauth = await acmeMethod(acme, 'oauth2_authorization_code', { tokenUrl: 'http://elsewhere.test/token' })
  const input = createInstanceSchema.parse(
    createInput(acme, oauth, { client_id: 'acme-basic', client_secret: 'acme-basic-secret-1' }),
  )
  expect(await createInstanceWith(beginInTest)(manager, input)).toMatchObject({ ok: false })
  expect(await instances()).toBe(0)
})
