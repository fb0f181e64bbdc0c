import { describe, expect, it } from 'vitest'
import {
  actorIdOf,
  addressOf,
  limitsOf,
  may,
  systemActor,
  userIdOf,
  type Actor,
  type ApiKeyActor,
  type PersonActor,
} from '@/lib/domain/access/actor'

const person: PersonActor = {
  kind: 'person',
  workspaceId: 'w',
  label: 'Dana',
  userId: 'dana',
  sessionId: 's',
  role: 'user',
}
const key: ApiKeyActor = {
  kind: 'api_key',
  callOnly: false,
  workspaceId: 'w',
  label: 'Nightly export',
  keyId: 'key',
  ownerId: 'dana',
  role: 'manager',
  limits: { connectorIds: ['acme'], instances: [] },
}
const run: Actor = { kind: 'run', workspaceId: 'w', label: 'Dana', runId: 'run', instanceIds: ['instance'] }
const patchbay = systemActor('w')

describe('An actor', () => {
  it.each([
    [person, ['see', 'run']],
    [key, ['see', 'run', 'change']],
    [run, ['see', 'run']],
    [patchbay, ['see', 'run', 'change', 'administer']],
  ] as const)('of the kind $kind may do what its role or kind allows', (actor, allowed) => {
    const permissions = ['see', 'run', 'change', 'administer'] as const
    expect(permissions.filter((permission) => may(actor, permission))).toEqual(allowed)
  })

  it('identifies the responsible person, and the key or run that acted', () => {
    expect([person, key, run, patchbay].map(userIdOf)).toEqual(['dana', 'dana', null, null])
    expect([person, key, run, patchbay].map(actorIdOf)).toEqual(['dana', 'key', 'run', null])
  })

  it('has the address of its request, if it is a person or a key', () => {
    const address = '203.0.113.7'
    expect([person, key, run, patchbay].map(addressOf)).toEqual([null, null, null, null])
    expect(
      [
        { ...person, address },
        { ...key, address },
      ].map(addressOf),
    ).toEqual([address, address])
  })

  it('is only limited to connectors and instances if it is a restricted key', () => {
    expect([person, key, run, patchbay].map(limitsOf)).toEqual([null, key.limits, null, null])
  })
})
