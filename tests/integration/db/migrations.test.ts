import { inject, expect, test } from 'vitest'
import { applyMigrations, diffSchema } from '@/lib/db/schema-engine'
import { newId } from '@/lib/db/new-id'
import { createDatabase, runSql } from '@/tests/support/database-server'

const scratch = () => createDatabase(inject('serverUrl'), `${inject('runName')}_${newId().slice(-12)}`)

test('the migrations lead to exactly what the schema says', async () => {
  expect(await diffSchema(await scratch())).toBe('')
})

test('starting processes that migrate at the same time apply each migration once', async () => {
  const url = await scratch()
  const applied = await Promise.all([applyMigrations(url), applyMigrations(url), applyMigrations(url)])
  const history = await runSql<{ name: string; finished: boolean }>(url, `SELECT migration_name AS name, finished_at IS NOT NULL AS finished FROM _prisma_migrations`)
  expect(applied.flat().sort()).toEqual(history.map(({ name }) => name).sort())
  expect(history.every(({ finished }) => finished)).toBe(true)
})

test('a migrated database is left as it is', async () => {
  const url = await scratch()
  await applyMigrations(url)
  expect(await applyMigrations(url)).toEqual([])
})
