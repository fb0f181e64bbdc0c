import { beforeAll, describe, expect, test } from 'vitest'
import { sealedIn, unseal, UnsealError } from '@/lib/platform/crypto/seal'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import { aWholeWorkspace } from './whole-workspace'

/** DATA §5 on real rows: a sealed value opens only in its own row and field. */

type SealedColumn = { table: string; column: string }
type SealedRow = { id: string; workspaceId: string; sealed: string }

let database: TestDatabase
let columns: SealedColumn[]

beforeAll(async () => {
  database = await testDatabase()
  columns = await database.sql<SealedColumn>(
    `SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
     WHERE c.table_schema = 'public' AND c.column_name LIKE 'sealed%' AND c.table_name <> 'Installation'
       AND NOT EXISTS (SELECT 1 FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhrelid WHERE p.relname = c.table_name) ORDER BY 1, 2`,
  )
  for (let index = 0; index < 2; index += 1) {
    const world = await aWholeWorkspace('https://api.acme.test')
    expect((await world.begin(world.administrator)).ok).toBe(true)
  }
})

const rowsOf = ({ table, column }: SealedColumn) =>
  database.sql<SealedRow>(
    `SELECT "id", "workspaceId", "${column}" AS sealed FROM "${table}" WHERE "${column}" IS NOT NULL AND "${column}" <> ''`,
  )

const opens = (sealed: string, workspaceId: string, table: string, rowId: string, field: string) => {
  try {
    unseal(sealedIn({ sealed }, 'sealed'), { workspaceId, table, rowId, field })
    return true
  } catch (error) {
    if (error instanceof UnsealError) return false
    throw error
  }
}

describe('a sealed value', () => {
  test('is in every column for sealed values, and only in sealed form', async () => {
    expect(columns.length).toBeGreaterThanOrEqual(11)
    for (const location of columns) {
      const rows = await rowsOf(location)
      expect(rows.length, `${location.table}.${location.column}`).toBeGreaterThan(0)
      for (const { sealed } of rows) expect(sealed).toMatch(/^v1\.test\.[\w-]+\.[\w-]+$/)
    }
  })

  test('opens in its own row and field', async () => {
    for (const location of columns) {
      for (const { id, workspaceId, sealed } of await rowsOf(location))
        expect(
          opens(sealed, workspaceId, location.table, id, location.column),
          `${location.table}.${location.column}`,
        ).toBe(true)
    }
  })

  test('opens in no other row, field, table or workspace', async () => {
    const locations = await Promise.all(
      columns.map(async (location) => ({ ...location, rows: await rowsOf(location) })),
    )
    const every = locations.flatMap(({ table, column, rows }) => rows.map((row) => ({ table, column, ...row })))
    for (const one of every) {
      for (const other of every) {
        if (one === other) continue
        expect(opens(one.sealed, other.workspaceId, other.table, other.id, other.column)).toBe(false)
        if (one.id !== other.id) expect(opens(one.sealed, one.workspaceId, one.table, other.id, one.column)).toBe(false)
      }
    }
  })

  test('opens nowhere after a single character was changed', async () => {
    for (const location of columns) {
      const [row] = await rowsOf(location)
      const { id, workspaceId, sealed } = row!
      for (const at of [sealed.indexOf('.', 3) + 2, sealed.length - 3]) {
        const forged = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
        expect(opens(forged, workspaceId, location.table, id, location.column)).toBe(false)
      }
    }
  })
})
