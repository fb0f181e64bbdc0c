import { inject, expect, test } from 'vitest'
import { applyMigrations, diffSchema } from '@/lib/platform/db/schema-engine'
import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import { migrationDirectories } from '@/lib/platform/db/migration-files'
import { newId } from '@/lib/platform/db/new-id'
import { createDatabase, runSql } from '@/tests/support/database-server'

const scratch = () => createDatabase(inject('serverUrl'), `${inject('runName')}_${newId().slice(-12)}`)

test('the migrations lead to exactly what the schema says', async () => {
  expect(await diffSchema(await scratch())).toBe('')
})

test('starting processes that migrate at the same time apply each migration once', async () => {
  const url = await scratch()
  const applied = await Promise.all([applyMigrations(url), applyMigrations(url), applyMigrations(url)])
  const history = await runSql<{ name: string; finished: boolean }>(
    url,
    `SELECT migration_name AS name, finished_at IS NOT NULL AS finished FROM _prisma_migrations`,
  )
  expect(applied.flat().sort()).toEqual(history.map(({ name }) => name).sort())
  expect(history.every(({ finished }) => finished)).toBe(true)
})

test('a migrated database is left as it is', async () => {
  const url = await scratch()
  await applyMigrations(url)
  expect(await applyMigrations(url)).toEqual([])
})

test('a database of the first version comes up with its methods as they were, in the words of today', async () => {
  const url = await createDatabase(inject('serverUrl'), `${inject('runName')}_${newId().slice(-12)}`)
  const [first = '', ...later] = migrationDirectories().migrationDirectories.map(
    ({ migrationFile }) => migrationFile.content.value,
  )
  await runSql(url, first)
  const [workspaceId, connectorId, methodId] = [newId(), newId(), newId()]
  const options = {
    pkce: 'S256',
    deadGrantErrors: ['invalid_grant', 'bad_refresh_token'],
    kept: [
      { variable: 'instance_url', path: 'instance_url' },
      { variable: 'realm', path: '$.realm' },
    ],
  }
  await runSql(url, `INSERT INTO "Workspace" ("id", "name") VALUES ($1, 'Acme')`, [workspaceId])
  await runSql(
    url,
    `INSERT INTO "Connector" ("id", "workspaceId", "key", "name", "foldedName") VALUES ($1, $2, 'acme', 'Acme', 'acme')`,
    [connectorId, workspaceId],
  )
  await runSql(
    url,
    `INSERT INTO "AuthenticationMethod" ("id", "workspaceId", "connectorId", "key", "name", "foldedName", "type", "options") VALUES ($1, $2, $3, 'a', 'A', 'a', 'oauth2_authorization_code', $4)`,
    [methodId, workspaceId, connectorId, JSON.stringify(options)],
  )
  for (const migration of later) await runSql(url, migration)
  const [row] = await runSql<{ options: object }>(url, `SELECT "options" FROM "AuthenticationMethod"`)
  const read = readMethodOptions('oauth2_authorization_code', row!.options)
  expect(read).toMatchObject({
    ok: true,
    value: {
      pkce: 'S256',
      deadGrantErrors: ['invalid_grant', 'invalid_token', 'bad_refresh_token'],
      kept: [
        { variable: 'instance_url', path: 'instance_url', secret: false, expiryPath: '' },
        { variable: 'realm', path: '$.realm', secret: false, expiryPath: '' },
      ],
    },
  })
})
