import { ESLint } from 'eslint'
import { beforeAll, describe, expect, test } from 'vitest'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { anActor } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import { anHttpServer } from '@/tests/support/servers'
import { aWholeWorkspace, contentOf } from './whole-workspace'

/** A workspace's client adds the workspace to every query, so that an id alone finds nothing of another one. */

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})

const delegateName = (model: string) => model[0]!.toLowerCase() + model.slice(1)
const columnsOf = (model: string) =>
  Object.keys((Prisma as unknown as Record<string, object>)[`${model}ScalarFieldEnum`]!)
const models = Object.values(Prisma.ModelName).filter((model) => columnsOf(model).includes('workspaceId'))

type Delegate = Record<string, (args: object) => Promise<unknown>>
const delegateOf = (client: object, model: string) => (client as Record<string, Delegate>)[delegateName(model)]!

/** A filter for a row of another workspace by its key, as someone who knows its id would use it. */
function bareId(row: Record<string, unknown>): object {
  if ('id' in row) return { id: row.id }
  const { workspaceId: _, ...rest } = row
  return Object.fromEntries(Object.entries(rest).filter(([name]) => name.endsWith('Id') || name === 'origin'))
}

const someColumn = (row: Record<string, unknown>) =>
  Object.keys(row).find((name) => typeof row[name] === 'string' && !/id$/i.test(name) && name !== 'workspaceId')

describe.each(models)('%s', (model) => {
  test('of another workspace is neither found nor changed by its id alone', async () => {
    const theirs = await aWholeWorkspace((await anHttpServer((_request, response) => response.end('{}'))).url)
    await theirs.begin(theirs.administrator)
    const rows = (await delegateOf(systemDb(), model).findMany!({
      where: { workspaceId: theirs.workspaceId },
    })) as Record<string, unknown>[]
    expect(rows.length).toBeGreaterThan(0)
    const mine = delegateOf(workspaceDb((await anActor()).workspaceId), model)
    const before = await contentOf(database, theirs.workspaceId)
    for (const row of rows) {
      const where = bareId(row)
      expect(await mine.findMany!({ where })).toEqual([])
      expect(await mine.findFirst!({ where })).toBeNull()
      expect(await mine.count!({ where })).toBe(0)
      expect(await mine.findMany!({ where: { ...where, workspaceId: theirs.workspaceId } })).toEqual([])
      expect(await mine.findMany!({ where: { OR: [where, { workspaceId: theirs.workspaceId }] } })).toEqual([])
      // The audit log itself refuses every change.
      if (model === 'AuditLog') continue
      expect(await mine.deleteMany!({ where })).toEqual({ count: 0 })
      const column = someColumn(row)
      if (column) expect(await mine.updateMany!({ where, data: { [column]: row[column] } })).toEqual({ count: 0 })
    }
    expect(await contentOf(database, theirs.workspaceId)).toBe(before)
  })
})

test('rows are written to the workspace of the client, even if they name another one', async () => {
  const [mine, other] = [await anActor(), await anActor()]
  const flow = { workspaceId: other.workspaceId, key: 'x', name: 'x', foldedName: 'x' }
  await workspaceDb(mine.workspaceId).flow.create({ data: flow })
  await workspaceDb(mine.workspaceId).flow.createMany({ data: [{ ...flow, key: 'y', name: 'y', foldedName: 'y' }] })
  expect(await systemDb().flow.count({ where: { workspaceId: mine.workspaceId } })).toBe(2)
  expect(await systemDb().flow.count({ where: { workspaceId: other.workspaceId } })).toBe(0)
})

// The linter reads the types of the whole project first.
describe('the lint rule', { timeout: 180_000 }, () => {
  const eslint = new ESLint()

  async function complaints(source: string, filePath = 'lib/flows/list-flows.ts'): Promise<string[]> {
    const [result] = await eslint.lintText(source, { filePath })
    return result!.messages.map(({ message }) => message)
  }

  const raw = (where: string) => `import { workspaceDb } from '@/lib/platform/db/client'
export const rows = (id: string, workspaceId: string) => workspaceDb(workspaceId).$queryRaw\`SELECT * FROM "Flow" WHERE ${where}\`
`

  test('refuses the client for all workspaces in a module, and accepts the client of one', async () => {
    const source = (client: string) =>
      `import { ${client} } from '@/lib/platform/db/client'\nexport const db = ${client}\n`
    expect(await complaints(source('systemDb'))).toEqual([expect.stringMatching(/every workspace/)])
    expect(await complaints(source('workspaceDb'))).toEqual([])
  })

  test('refuses a raw query by id alone, and accepts one that names its workspace', async () => {
    expect(await complaints(raw('"id" = ${id}::uuid'))).toEqual([expect.stringMatching(/names its workspace/)])
    expect(await complaints(raw('"id" = ${id}::uuid AND "workspaceId" = ${workspaceId}::uuid'))).toEqual([])
  })

  test('refuses values put into SQL as text', async () => {
    const source = `import { workspaceDb } from '@/lib/platform/db/client'\nexport const rows = (id: string) => workspaceDb(id).$queryRawUnsafe('SELECT ' + id)\n`
    expect(await complaints(source)).toEqual([expect.stringMatching(/parameters/)])
  })
})
