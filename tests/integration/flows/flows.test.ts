import { beforeEach, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { addShape } from '@/lib/flows/add-shape'
import { createFlow } from '@/lib/flows/create-flow'
import { deleteFlow } from '@/lib/flows/delete-flow'
import { moveShape } from '@/lib/flows/move-shape'
import { removeShape } from '@/lib/flows/remove-shape'
import { updateFlow } from '@/lib/flows/update-flow'
import { getFlow } from '@/lib/flows/get-flow'
import { listFlows } from '@/lib/flows/list-flows'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'

const database = await testDatabase()
let manager: PersonActor

beforeEach(async () => {
  manager = await anActor('manager')
})

async function aFlow(name = 'Nightly orders') {
  const created = await createFlow(manager, { name, description: '' })
  if (!created.ok) throw new Error(created.error.message)
  return created.value.id
}

const everything = { q: '', sort: 'name', after: '' }

describe('a flow', () => {
  test('begins with an empty draft', async () => {
    expect(await getFlow(manager, { flowId: await aFlow() })).toMatchObject({
      ok: true,
      value: { name: 'Nightly orders', revision: 1, shapes: [] },
    })
  })

  test('has a unique name in the workspace, ignoring case', async () => {
    await aFlow()
    expect(await createFlow(manager, { name: 'NIGHTLY orders', description: '' })).toMatchObject({
      ok: false,
      error: { code: 'name_taken', field: 'name' },
    })
    expect(await createFlow(await anActor('manager'), { name: 'Nightly orders', description: '' })).toMatchObject({
      ok: true,
    })
  })

  test('can be seen but not changed by a read-only person and by a user', async () => {
    const id = await aFlow()
    for (const role of ['read_only', 'user'] as const) {
      const actor = await anActor(role, manager.workspaceId)
      expect(await getFlow(actor, { flowId: id })).toMatchObject({ ok: true })
      const answers = await Promise.all([
        createFlow(actor, { name: 'Another', description: '' }),
        updateFlow(actor, { flowId: id, revision: 1, name: 'Changed', description: '' }),
        addShape(actor, { flowId: id, revision: 1, name: 'Shape', x: 0, y: 0 }),
        deleteFlow(actor, { flowId: id, typedName: 'Nightly orders' }),
      ])
      expect(answers.map((answer) => !answer.ok && answer.error.code)).toEqual([
        'not_allowed',
        'not_allowed',
        'not_allowed',
        'not_allowed',
      ])
    }
  })

  test('of another workspace does not exist', async () => {
    const id = await aFlow()
    const stranger = await anActor('administrator')
    const answers = await Promise.all([
      getFlow(stranger, { flowId: id }),
      updateFlow(stranger, { flowId: id, revision: 1, name: 'Changed', description: '' }),
      addShape(stranger, { flowId: id, revision: 1, name: 'Shape', x: 0, y: 0 }),
      deleteFlow(stranger, { flowId: id, typedName: 'Nightly orders' }),
      getFlow(stranger, { flowId: 'not-an-id' }),
    ])
    expect(answers.map((answer) => !answer.ok && answer.error.code)).toEqual([
      'not_found',
      'not_found',
      'not_found',
      'not_found',
      'not_found',
    ])
  })

  test('is deleted only after typing its name', async () => {
    const id = await aFlow()
    expect(await deleteFlow(manager, { flowId: id, typedName: 'something else' })).toMatchObject({
      ok: false,
      error: { field: 'typedName' },
    })
    expect(await deleteFlow(manager, { flowId: id, typedName: 'nightly ORDERS' })).toMatchObject({ ok: true })
    expect(await getFlow(manager, { flowId: id })).toMatchObject({ ok: false, error: { code: 'not_found' } })
  })
})

describe('the draft of a flow', () => {
  test('accepts one of two changes of the same revision, and names who was first (rule R12)', async () => {
    const id = await aFlow()
    const robin = await anActor('manager', manager.workspaceId, 'Robin')
    expect(await addShape(robin, { flowId: id, revision: 1, name: 'First', x: 0, y: 0 })).toMatchObject({
      ok: true,
      value: { revision: 2 },
    })
    expect(await addShape(manager, { flowId: id, revision: 1, name: 'Second', x: 0, y: 0 })).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else', message: expect.stringContaining('Robin') },
    })
    expect(await getFlow(manager, { flowId: id })).toMatchObject({ ok: true, value: { shapes: [{ name: 'First' }] } })
  })

  test('accepts exactly one of ten changes at the same time', async () => {
    const id = await aFlow()
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, x) => addShape(manager, { flowId: id, revision: 1, name: `Shape ${x}`, x, y: 0 })),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await database.sql('SELECT "id" FROM "Shape" WHERE "workspaceId" = $1', [manager.workspaceId])).toHaveLength(
      1,
    )
  })

  test('keeps its revision when a shape is moved', async () => {
    const id = await aFlow()
    const added = await addShape(manager, { flowId: id, revision: 1, name: 'Shape', x: 0, y: 0 })
    if (!added.ok) throw new Error('not added')
    expect(await moveShape(manager, { flowId: id, shapeId: added.value.id, x: 40, y: 80 })).toMatchObject({ ok: true })
    expect(await getFlow(manager, { flowId: id })).toMatchObject({
      ok: true,
      value: { revision: 2, shapes: [{ x: 40, y: 80, state: 'incomplete' }] },
    })
  })

  test('loses a shape that is removed', async () => {
    const id = await aFlow()
    const added = await addShape(manager, { flowId: id, revision: 1, name: 'Shape', x: 0, y: 0 })
    if (!added.ok) throw new Error('not added')
    expect(await removeShape(manager, { flowId: id, revision: 2, shapeId: added.value.id })).toMatchObject({
      ok: true,
      value: { revision: 3 },
    })
    expect(await moveShape(manager, { flowId: id, shapeId: added.value.id, x: 1, y: 1 })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })

  test('writes every change to the audit log', async () => {
    const id = await aFlow()
    await updateFlow(manager, { flowId: id, revision: 1, name: 'Renamed', description: '' })
    await addShape(manager, { flowId: id, revision: 2, name: 'Shape', x: 0, y: 0 })
    const rows = await database.sql<{ action: string }>(
      'SELECT "action" FROM "AuditLog" WHERE "workspaceId" = $1 ORDER BY "at", "id"',
      [manager.workspaceId],
    )
    expect(rows.map(({ action }) => action)).toEqual(['create_flow', 'update_flow', 'add_shape'])
  })
})

describe('the list of flows', () => {
  test('has pages in the chosen order, with each flow once', async () => {
    for (let number = 0; number < 60; number += 1) await aFlow(`Flow ${String(number).padStart(2, '0')}`)
    const first = await listFlows(manager, everything)
    if (!first.ok) throw new Error('no list')
    expect(first.value).toMatchObject({ total: 60, nextCursor: expect.any(String) })
    const second = await listFlows(manager, { ...everything, after: first.value.nextCursor! })
    if (!second.ok) throw new Error('no list')
    const names = [...first.value.items, ...second.value.items].map(({ name }) => name)
    expect(names).toEqual([...names].sort())
    expect(new Set(names).size).toBe(60)
  })

  test('finds by part of a name, ignoring case', async () => {
    await aFlow('Nightly orders')
    await aFlow('Stock sync')
    expect(await listFlows(manager, { ...everything, q: 'ORDER' })).toMatchObject({
      ok: true,
      value: { total: 1, items: [{ name: 'Nightly orders' }] },
    })
  })
})
