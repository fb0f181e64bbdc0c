import { beforeAll, describe, expect, test } from 'vitest'
import { checkActor } from '@/lib/calls/call-check'
import type { Actor, ApiKeyActor, PersonActor, RunActor } from '@/lib/domain/access/actor'
import { systemActor } from '@/lib/domain/access/actor'
import type { Role } from '@/lib/domain/access/roles'
import { systemDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import { acmeBasicValues, acmeConnector, acmeInstance, acmeMethod } from '@/tests/support/acme-builders'
import { aKeyActor } from '@/tests/support/api-key-builders'
import { anActor, aSession, aWorkspace } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { recordStatements } from '../performance/recorded-statements'
import { permitted } from '@/tests/support/permitted'

/** Who may send a request, at the moment before it is sent (DATA §13, §14). */

await testDatabase()

let person: PersonActor
let connectorId: string
let instanceId: string
/** Another instance of the same connector. */
let siblingId: string

beforeAll(async () => {
  person = await anActor('user')
  const acme = await acmeConnector(person.workspaceId, 'https://api.acme.test')
  connectorId = acme.connectorId
  const method = await acmeMethod(acme, 'basic')
  instanceId = (await acmeInstance(acme, method, acmeBasicValues)).id
  siblingId = (await acmeInstance(acme, method, acmeBasicValues)).id
})

const aKey = (given: Parameters<typeof aKeyActor>[1] = {}) => aKeyActor(person, given)
const aRun = (instanceIds: string[]): RunActor => ({
  kind: 'run',
  workspaceId: person.workspaceId,
  label: 'Orders',
  runId: newId(),
  instanceIds,
})
const allowed = { ok: true, value: { connector: expect.any(String), instance: expect.any(String) } }
const absent = { ok: true, value: null }
const refused = { ok: false, error: { code: 'not_allowed' } }

describe('an actor that may use the instance gets its stamps', () => {
  const actors: [string, () => Actor | Promise<Actor>][] = [
    ['a person', () => person],
    ['a key without limits', () => aKey()],
    ['a key of the connector', () => aKey({ limits: { connectorIds: [connectorId] } })],
    ['a key of the instance', () => aKey({ limits: { instanceIds: [instanceId] } })],
    ['a key that may only call', () => aKey({ callOnly: true })],
    ['a key that expires later', () => aKey({ expiresAt: daysAgo(-1) })],
    ['a run of a version that names the instance', () => aRun([instanceId])],
    ['Patchbay itself', () => systemActor(person.workspaceId)],
  ]
  test.each(actors)('%s', async (_who, actor) => {
    expect(await checkActor(permitted(await actor()), instanceId)).toMatchObject(allowed)
  })
})

describe('for others the instance does not exist', () => {
  const actors: [string, () => Actor | Promise<Actor>][] = [
    ['a person of another workspace', () => anActor('administrator')],
    ['a key of another workspace', async () => aKeyActor(await anActor('administrator'))],
    ['a key of another connector', async () => aKey({ limits: { connectorIds: [(await another()).connectorId] } })],
    ['a key of another instance of the connector', () => aKey({ limits: { instanceIds: [siblingId] } })],
    ['a key whose limits are empty', () => aKey({ limits: {} })],
    ['a run of a version that names other instances', () => aRun([newId()])],
  ]
  test.each(actors)('%s', async (_who, actor) => {
    expect(await checkActor(permitted(await actor()), instanceId)).toEqual(absent)
  })
})

describe('an actor that may no longer send is refused', () => {
  const actors: [string, () => Actor | Promise<Actor>][] = [
    ['a person who may only read', () => anActor('read_only', person.workspaceId)],
    [
      'a person whose session was ended',
      async () => ({ ...person, ...(await aSession(person, { endedAt: new Date() })) }),
    ],
    [
      'a person whose session has expired',
      async () => ({ ...person, ...(await aSession(person, { endsAt: new Date() })) }),
    ],
    [
      'a person whose session was not used for three days',
      async () => ({ ...person, ...(await aSession(person, { lastSeenAt: daysAgo(3) })) }),
    ],
    [
      'a person with someone else’s session',
      async () => ({ ...person, sessionId: (await anActor('user', person.workspaceId)).sessionId }),
    ],
    ['a person with a session of another workspace', () => withSessionElsewhere()],
    ['a person who is not a member', async () => ({ ...(await anActor('user')), workspaceId: person.workspaceId })],
    ['a key of another workspace of its owner', () => aKeyElsewhere()],
    ['a key that may only read', () => aKey({ role: 'read_only' })],
    ['a key whose owner may only read', async () => aKeyActor(await anActor('read_only', person.workspaceId))],
  ]
  test.each(actors)('%s', async (_who, actor) => {
    expect(await checkActor(permitted(await actor()), instanceId)).toMatchObject(refused)
  })
})

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

async function withSessionElsewhere(): Promise<Actor> {
  const workspace = await aWorkspace()
  await systemDb().membership.create({ data: { workspaceId: workspace.id, userId: person.userId, role: 'user' } })
  const { sessionId } = await aSession({ workspaceId: workspace.id, userId: person.userId })
  return { ...person, sessionId }
}

async function aKeyElsewhere(): Promise<Actor> {
  const { workspaceId, userId } = await anActor('user')
  await systemDb().membership.create({ data: { workspaceId: person.workspaceId, userId, role: 'user' } })
  return { ...(await aKeyActor({ workspaceId, userId })), workspaceId: person.workspaceId }
}

const another = () => acmeConnector(person.workspaceId, 'https://api.acme.test')

/** The request began with the key as it was; the check happens after the change. */
describe('a key that changes between the reading of the actor and the check', () => {
  const changeKey = (data: Prisma.ApiKeyUncheckedUpdateInput) => (key: ApiKeyActor) =>
    systemDb().apiKey.update({ where: { id: key.keyId }, data })
  const removeOwner = ({ ownerId: userId }: ApiKeyActor) => systemDb().membership.deleteMany({ where: { userId } })
  const takeOver = async (key: ApiKeyActor, role: Role) => {
    const { userId: ownerId } = await anActor(role, person.workspaceId)
    await changeKey({ ownerId })(key)
    await removeOwner(key)
  }
  const limitTo = async (key: ApiKeyActor, limit: { connectorId: string } | { instanceId: string }) => {
    const { workspaceId, keyId } = key
    await changeKey({ restricted: true })(key)
    await systemDb().apiKeyLimit.deleteMany({ where: { keyId } })
    await systemDb().apiKeyLimit.create({ data: { workspaceId, keyId, ...limit } })
  }
  const ofInstance = () => ({ limits: { instanceIds: [instanceId] } })

  const changes: [
    when: string,
    change: (key: ApiKeyActor) => Promise<unknown>,
    expected: object,
    given?: () => Parameters<typeof aKeyActor>[1],
  ][] = [
    ['is refused when it is revoked', changeKey({ revokedAt: new Date() }), refused],
    ['is refused when it expires', changeKey({ expiresAt: new Date() }), refused],
    ['is refused when its role is lowered to read-only', changeKey({ role: 'read_only' }), refused],
    [
      'is refused when its owner may only read',
      ({ ownerId }) => systemDb().membership.updateMany({ where: { userId: ownerId }, data: { role: 'read_only' } }),
      refused,
    ],
    ['is refused when its owner is removed', removeOwner, refused],
    ['is accepted when an administrator takes it over', (key) => takeOver(key, 'administrator'), allowed],
    ['is refused when its new owner may only read', (key) => takeOver(key, 'read_only'), refused],
    ['does not find the instance when it is limited to nothing', changeKey({ restricted: true }), absent],
    [
      'does not find the instance when it is limited to another connector',
      async (key) => limitTo(key, { connectorId: (await another()).connectorId }),
      absent,
    ],
    [
      'does not find the instance when its limit is removed',
      ({ keyId }) => systemDb().apiKeyLimit.deleteMany({ where: { keyId } }),
      absent,
      ofInstance,
    ],
    [
      'finds the instance when its limits are lifted',
      changeKey({ restricted: false }),
      allowed,
      () => ({ limits: {} }),
    ],
    [
      'finds the instance when its limit becomes the connector',
      (key) => limitTo(key, { connectorId }),
      allowed,
      ofInstance,
    ],
  ]

  test.each(changes)('%s', async (_when, change, expected, given = () => ({})) => {
    const key = await aKeyActor(await anActor('user', person.workspaceId), given())
    await change(key)
    expect(await checkActor(permitted(key), instanceId)).toMatchObject({ ...expected })
  })

  test('gets the reason, and that nothing was sent', async () => {
    const key = await aKey()
    await changeKey({ revokedAt: new Date() })(key)
    expect(await checkActor(permitted(key), instanceId)).toMatchObject({
      error: {
        message: expect.stringMatching(
          /^This API key may no longer send requests: it was revoked .*Nothing was sent\.$/,
        ),
      },
    })
  })
})

test('the check of a key is one query, like that of a person', async () => {
  const key = await aKey({ limits: { connectorIds: [connectorId] } })
  await checkActor(permitted(person), instanceId)
  const statements = await recordStatements(() => checkActor(permitted(key), instanceId))
  expect(statements.map(({ text }) => text)).toEqual([expect.stringContaining('FROM unnest(')])
})
