import { beforeEach, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { addShape } from '@/lib/flows/add-shape'
import { createFlow } from '@/lib/flows/create-flow'
import { deleteFlow } from '@/lib/flows/delete-flow'
import { getFlow } from '@/lib/flows/get-flow'
import { removeShape } from '@/lib/flows/remove-shape'
import { reorderShape } from '@/lib/flows/reorder-shape'
import { newId } from '@/lib/platform/db/new-id'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { valueOf } from '../../support/definition-builders'

const database = await testDatabase()
let manager: PersonActor
let flowId: string
let revision: number
/** The IDs of the shapes by name. */
let ids: Record<string, string>

beforeEach(async () => {
  manager = await anActor('manager')
  flowId = valueOf(await createFlow(manager, { name: 'Nightly orders', description: '' })).id
  revision = 1
  ids = {}
})

/** @param after a name, or null for the trigger; default: at the end */
async function add(name: string, after?: string | null) {
  const at = after === undefined ? {} : { parentId: after === null ? null : ids[after]! }
  const added = valueOf(await addShape(manager, { flowId, revision, name, x: 0, y: 0, ...at }))
  ids[name] = added.id
  revision = added.revision
}

async function order(): Promise<string> {
  const { shapes } = valueOf(await getFlow(manager, { flowId }))
  return shapes.map(({ name }) => name).join(' ')
}

const reorder = (name: string, after: string | null) =>
  reorderShape(manager, { flowId, revision, shapeId: ids[name]!, parentId: after === null ? null : ids[after]! })

describe('the shapes of a flow follow one another', () => {
  test('a new one comes last, or where it was added, and what was there follows it', async () => {
    for (const name of ['A', 'B', 'C']) await add(name)
    await add('first', null)
    await add('between', 'A')
    await add('last', 'C')
    expect(await order()).toBe('first A between B C last')
  })

  test('a moved one leaves no gap, wherever it goes', async () => {
    for (const name of ['A', 'B', 'C', 'D']) await add(name)
    for (const [name, after, expected] of [
      ['D', null, 'D A B C'],
      ['D', 'C', 'A B C D'],
      ['B', 'C', 'A C B D'],
      ['A', 'D', 'C B D A'],
      ['A', 'D', 'C B D A'],
    ] as const) {
      revision = valueOf(await reorder(name, after)).revision
      expect(await order()).toBe(expected)
    }
  })

  test('a removed one leaves no gap either', async () => {
    for (const name of ['A', 'B', 'C']) await add(name)
    revision = valueOf(await removeShape(manager, { flowId, revision, shapeId: ids.B! })).revision
    expect(await order()).toBe('A C')
    revision = valueOf(await removeShape(manager, { flowId, revision, shapeId: ids.A! })).revision
    expect(await order()).toBe('C')
  })

  test('and are deleted with the flow', async () => {
    for (const name of ['A', 'B', 'C']) await add(name)
    valueOf(await deleteFlow(manager, { flowId, typedName: 'Nightly orders' }))
    expect(await database.sql(`SELECT 1 FROM "Shape" WHERE "workspaceId" = $1`, [manager.workspaceId])).toEqual([])
  })
})

describe('a shape is not moved', () => {
  test('by somebody who saw an older flow (rule R12), or may not change flows', async () => {
    for (const name of ['A', 'B']) await add(name)
    revision -= 1
    expect(await reorder('B', null)).toMatchObject({ error: { code: 'changed_by_someone_else' } })
    revision += 1
    const user = await anActor('user', manager.workspaceId)
    expect(await reorderShape(user, { flowId, revision, shapeId: ids.B!, parentId: null })).toMatchObject({
      error: { code: 'not_allowed' },
    })
    expect(await order()).toBe('A B')
  })

  test('behind itself, an unknown shape, or a shape of another flow', async () => {
    for (const name of ['A', 'B']) await add(name)
    const other = valueOf(await createFlow(manager, { name: 'Other', description: '' })).id
    const foreign = valueOf(await addShape(manager, { flowId: other, revision: 1, name: 'X', x: 0, y: 0 })).id
    for (const [shapeId, parentId, code] of [
      [ids.A!, ids.A!, 'invalid_input'],
      [ids.A!, newId(), 'not_found'],
      [ids.A!, foreign, 'not_found'],
      [foreign, ids.A!, 'not_found'],
      [foreign, null, 'not_found'],
    ] as const)
      expect(await reorderShape(manager, { flowId, revision, shapeId, parentId })).toMatchObject({ error: { code } })
    expect(await addShape(manager, { flowId, revision, name: 'N', x: 0, y: 0, parentId: foreign })).toMatchObject({
      error: { code: 'not_found' },
    })
    expect(await order()).toBe('A B')
  })

  test('by more than one of several people at the same time', async () => {
    for (const name of ['A', 'B', 'C']) await add(name)
    const answers = await Promise.all([reorder('C', null), reorder('A', 'C'), reorder('B', null)])
    const passed = answers.flatMap(({ ok }, index) => (ok ? [index] : []))
    expect(passed).toHaveLength(1)
    expect(await order()).toBe(['C A B', 'B C A', 'B A C'][passed[0]!])
  })
})

test('its history says what a shape followed before and after, and nothing about a move to where it is', async () => {
  for (const name of ['A', 'B']) await add(name)
  revision = valueOf(await reorder('B', null)).revision
  valueOf(await reorder('B', null))
  const [row, ...others] = await database.sql<{ changes: object }>(
    `SELECT "changes" FROM "AuditLog" WHERE "workspaceId" = $1 AND "action" = 'reorder_shape'`,
    [manager.workspaceId],
  )
  expect(others).toEqual([])
  expect(row?.changes).toMatchObject({
    fields: [
      { field: 'flow', to: 'Nightly orders' },
      { field: 'follows', from: 'A', to: 'Trigger' },
    ],
  })
})

describe('the database refuses', () => {
  const set = (name: string, parentId: string | null) =>
    database.sql(`UPDATE "Shape" SET "parentId" = $1 WHERE "id" = $2`, [parentId, ids[name]!])

  test('two shapes behind the trigger or behind one shape', async () => {
    for (const name of ['A', 'B', 'C']) await add(name)
    await expect(set('B', null)).rejects.toMatchObject({ code: '23505' })
    await expect(set('C', ids.A!)).rejects.toMatchObject({ code: '23505' })
  })

  test('a shape behind itself or behind a shape of another version', async () => {
    await add('A')
    const other = valueOf(await createFlow(manager, { name: 'Other', description: '' })).id
    const foreign = valueOf(await addShape(manager, { flowId: other, revision: 1, name: 'X', x: 0, y: 0 })).id
    await expect(set('A', ids.A!)).rejects.toMatchObject({ code: '23514' })
    await expect(set('A', foreign)).rejects.toMatchObject({ code: '23503' })
  })
})
