import { expect, test } from 'vitest'
import { workspaceDb, type WorkspaceDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { aWorkspace } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

const { sql } = await testDatabase()
const [mine, theirs] = [await aWorkspace(), await aWorkspace()]
const [ours, foreign] = [workspaceDb(mine.id), workspaceDb(theirs.id)]

const columns = (name: string) => ({ workspaceId: mine.id, key: name, name, foldedName: name })
const id = newId()
await ours.flow.create({ data: { id, ...columns('orders') } })

const unchanged = async () =>
  expect(await sql(`SELECT "name", "workspaceId" FROM "Flow" WHERE "id" = $1`, [id])).toEqual([
    { name: 'orders', workspaceId: mine.id },
  ])
const byId = { where: { id } }
const renamed = { ...byId, data: { name: 'taken over' } }

const reads: Record<string, [(db: WorkspaceDb) => Promise<unknown>, nothing: unknown]> = {
  findUnique: [(db) => db.flow.findUnique(byId), null],
  findFirst: [(db) => db.flow.findFirst(byId), null],
  findMany: [(db) => db.flow.findMany(), []],
  count: [(db) => db.flow.count(), 0],
  aggregate: [(db) => db.flow.aggregate({ _count: true }), { _count: 0 }],
  groupBy: [(db) => db.flow.groupBy({ by: ['name'] }), []],
  updateMany: [(db) => db.flow.updateMany(renamed), { count: 0 }],
  deleteMany: [(db) => db.flow.deleteMany(byId), { count: 0 }],
  'findMany inside a transaction': [(db) => db.$transaction((tx) => tx.flow.findMany()), []],
  'findMany that names the other workspace': [(db) => db.flow.findMany({ where: { workspaceId: mine.id } }), []],
}

test.each(Object.entries(reads))('%s does not reach a row of another workspace', async (_name, [act, nothing]) => {
  expect(await act(foreign)).toEqual(nothing)
  await unchanged()
})

const refused: Record<string, (db: WorkspaceDb) => Promise<unknown>> = {
  findUniqueOrThrow: (db) => db.flow.findUniqueOrThrow(byId),
  findFirstOrThrow: (db) => db.flow.findFirstOrThrow(byId),
  update: (db) => db.flow.update(renamed),
  delete: (db) => db.flow.delete(byId),
}

test.each(Object.entries(refused))('%s of a row of another workspace fails', async (_name, act) => {
  await expect(act(foreign)).rejects.toMatchObject({ code: 'P2025' })
  await unchanged()
})

test('a written row belongs to the workspace of the client, whatever it contains', async () => {
  const created = await foreign.flow.create({ data: columns('created') })
  await foreign.flow.createMany({ data: [columns('many')] })
  const upserted = await foreign.flow.upsert({
    where: { workspaceId_key: { workspaceId: mine.id, key: 'orders' } },
    create: columns('upserted'),
    update: { name: 'taken over' },
  })
  expect([created, upserted].map((row) => row.workspaceId)).toEqual([theirs.id, theirs.id])
  expect((await foreign.flow.findMany()).map(({ name }) => name).sort()).toEqual(['created', 'many', 'upserted'])
  await unchanged()
})

test('a row cannot be moved to another workspace', async () => {
  await foreign.flow.updateMany({ where: { name: 'created' }, data: { workspaceId: mine.id } }).catch(() => {})
  expect(await sql(`SELECT FROM "Flow" WHERE "name" = 'created' AND "workspaceId" = $1`, [mine.id])).toEqual([])
})
