import { beforeAll, describe, expect, test } from 'vitest'
import { checkActor } from '@/lib/calls/call-check'
import type { Actor, ApiKeyActor, PersonActor, RunActor } from '@/lib/domain/access/actor'
import { systemActor } from '@/lib/domain/access/actor'
import { systemDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { acmeBasicValues, acmeConnector, acmeInstance, acmeMethod } from '@/tests/support/acme-builders'
import { anActor, aSession, aWorkspace } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { permitted } from '@/tests/support/permitted'

/** Who may send a request, at the moment before it is sent (DATA §13, §14). */

await testDatabase()

let person: PersonActor
let connectorId: string
let instanceId: string

beforeAll(async () => {
  person = await anActor('user')
  const acme = await acmeConnector(person.workspaceId, 'https://api.acme.test')
  connectorId = acme.connectorId
  const instance = await acmeInstance(acme, await acmeMethod(acme, 'basic'), acmeBasicValues)
  instanceId = instance.id
})

const aKey = (given: Partial<ApiKeyActor> = {}): ApiKeyActor => ({
  kind: 'api_key',
  workspaceId: person.workspaceId,
  label: 'Nightly',
  keyId: newId(),
  ownerId: person.userId,
  role: 'user',
  limits: null,
  ...given,
})
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
  const actors: [string, () => Actor][] = [
    ['a person', () => person],
    ['a key without limits', () => aKey()],
    ['a key of the connector', () => aKey({ limits: { connectorIds: [connectorId], instances: [] } })],
    [
      'a key of the instance',
      () => aKey({ limits: { connectorIds: [], instances: [{ id: instanceId, connectorId }] } }),
    ],
    ['a run of a version that names the instance', () => aRun([instanceId])],
    ['Patchbay itself', () => systemActor(person.workspaceId)],
  ]
  test.each(actors)('%s', async (_who, actor) => {
    expect(await checkActor(permitted(actor()), instanceId)).toMatchObject(allowed)
  })
})

describe('for others the instance does not exist', () => {
  const actors: [string, () => Actor | Promise<Actor>][] = [
    ['a person of another workspace', () => anActor('administrator')],
    ['a key of another connector', () => aKey({ limits: { connectorIds: [newId()], instances: [] } })],
    [
      'a key of another instance of the connector',
      () => aKey({ limits: { connectorIds: [], instances: [{ id: newId(), connectorId }] } }),
    ],
    ['a key whose limits are empty', () => aKey({ limits: { connectorIds: [], instances: [] } })],
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
    ['a key that may only read', () => aKey({ role: 'read_only' })],
    [
      'a key whose owner may now only read',
      async () => aKey({ ownerId: (await anActor('read_only', person.workspaceId)).userId }),
    ],
    ['a key whose owner was removed', async () => aKey({ ownerId: await someoneRemoved() })],
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

async function someoneRemoved(): Promise<string> {
  const { userId } = await anActor('user', person.workspaceId)
  await systemDb().membership.deleteMany({ where: { userId } })
  return userId
}
