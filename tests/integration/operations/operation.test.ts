import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { ApiKeyActor } from '@/lib/domain/access/actor'
import { refuse, succeed } from '@/lib/domain/result'
import { noInput } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

const addFlow = operation({
  name: 'add_test_flow',
  permission: 'change',
  input: z.strictObject({ name: z.string().min(1, 'Enter a name.'), refuse: z.boolean().default(false) }),
  output: z.strictObject({ id: z.uuid() }),
  run: ({ workspaceId, transaction, audit }, input) =>
    transaction(async (tx) => {
      const flow = await tx.flow.create({
        data: { workspaceId, key: input.name, name: input.name, foldedName: input.name },
      })
      await audit(tx, { objectType: 'flow', objectId: flow.id, objectName: input.name })
      return input.refuse ? refuse('in_use', 'It is used.') : succeed({ id: flow.id })
    }),
})

const countConnectors = (restrictedKeys?: 'allowed') =>
  operation({
    name: 'count_test_connectors',
    permission: 'see',
    restrictedKeys,
    input: noInput,
    output: z.int(),
    run: async ({ db }) => succeed(await db.connector.count()),
  })

const flowsNamed = (name: string) => systemDb().flow.count({ where: { name } })

beforeAll(async () => {
  await testDatabase()
})

describe('The runner of an operation', () => {
  test('checks the permission before the input', async () => {
    const reader = await anActor('read_only')
    expect(await addFlow(reader, { name: '' })).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
  })

  test('writes the audit line with the name of the operation', async () => {
    const manager = await anActor('manager')
    const added = await addFlow(manager, { name: 'audited' })
    expect(added.ok).toBe(true)
    const lines = await systemDb().auditLog.findMany({ where: { workspaceId: manager.workspaceId } })
    expect(lines).toMatchObject([{ action: 'add_test_flow', actorKind: 'person', actorId: manager.userId }])
  })

  test('changes nothing if the operation refuses', async () => {
    const manager = await anActor('manager')
    expect(await addFlow(manager, { name: 'refused', refuse: true })).toMatchObject({ error: { code: 'in_use' } })
    expect(await flowsNamed('refused')).toBe(0)
  })

  test('joins the transaction of the caller, and is rolled back with it', async () => {
    const manager = await anActor('manager')
    const work = workspaceDb(manager.workspaceId).$transaction(async (tx) => {
      expect((await addFlow(manager, { name: 'joined' }, tx)).ok).toBe(true)
      throw new Error('the caller gives up')
    })
    await expect(work).rejects.toThrow('the caller gives up')
    expect(await flowsNamed('joined')).toBe(0)
  })

  test('throws when an output does not match its schema, so that nothing else is returned', async () => {
    const leaking = operation({
      name: 'leak',
      permission: 'see',
      input: noInput,
      output: z.strictObject({ id: z.string() }),
      run: () => Promise.resolve(succeed({ id: '1', passwordHash: 'x' })),
    })
    await expect(leaking(await anActor(), {})).rejects.toThrow('the output of leak does not match its schema')
  })
})

describe('A restricted key', () => {
  test('is refused by operations that do not allow it, and limited by those that do', async () => {
    const owner = await anActor('manager')
    const { workspaceId } = owner
    const data = (name: string) => ({ workspaceId, key: name, name, foldedName: name })
    const { id } = await systemDb().connector.create({ data: data('one') })
    await systemDb().connector.create({ data: data('two') })
    const key: ApiKeyActor = {
      kind: 'api_key',
      callOnly: false,
      workspaceId,
      label: 'Nightly export',
      keyId: owner.userId,
      ownerId: owner.userId,
      role: 'manager',
      limits: { connectorIds: [id], instances: [] },
    }
    expect(await countConnectors()(key, {})).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
    expect(await countConnectors('allowed')(key, {})).toEqual({ ok: true, value: 1 })
    expect(await countConnectors('allowed')(owner, {})).toEqual({ ok: true, value: 2 })
  })
})
