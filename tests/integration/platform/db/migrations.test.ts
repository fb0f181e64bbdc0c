import { inject, expect, test } from 'vitest'
import { applyMigrations, diffSchema } from '@/lib/platform/db/schema-engine'
import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import { migrationDirectories } from '@/lib/platform/db/migration-files'
import { newId } from '@/lib/platform/db/new-id'
import { createDatabase, runSql } from '@/tests/support/database-server'

const scratch = () => createDatabase(inject('serverUrl'), `${inject('runName')}_${newId().slice(-12)}`)

test('the migrations result in exactly the schema', async () => {
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

test('a migrated database is not changed', async () => {
  const url = await scratch()
  await applyMigrations(url)
  expect(await applyMigrations(url)).toEqual([])
})

test('a database of the first version keeps its methods, in the current format', async () => {
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

test('variables that a type can do without are unlocked, and nothing else about any variable changes (rule R13)', async () => {
  const url = await scratch()
  const migrations = migrationDirectories().migrationDirectories.map(({ migrationFile }) => migrationFile.content.value)
  const unlocking = migrations.findIndex((sql) => sql.includes('SET "locked" = false'))
  for (const migration of migrations.slice(0, unlocking)) await runSql(url, migration)
  const [workspaceId, connectorId] = [newId(), newId()]
  await runSql(url, `INSERT INTO "Workspace" ("id", "name") VALUES ($1, 'Acme')`, [workspaceId])
  await runSql(
    url,
    `INSERT INTO "Connector" ("id", "workspaceId", "key", "name", "foldedName") VALUES ($1, $2, 'acme', 'Acme', 'acme')`,
    [connectorId, workspaceId],
  )
  const locked: Record<string, string[]> = {
    basic: ['username', 'password'],
    token: ['token'],
    oauth2_authorization_code: ['client_id', 'client_secret', 'scope', 'state_length', 'refresh_grant_type'],
    oauth1: ['consumer_key', 'consumer_secret', 'token', 'token_secret', 'signature_method', 'realm'],
  }
  for (const [type, keys] of Object.entries(locked)) {
    const methodId = newId()
    await runSql(
      url,
      `INSERT INTO "AuthenticationMethod" ("id", "workspaceId", "connectorId", "key", "name", "foldedName", "type") VALUES ($1, $2, $3, $4, $4, $4, $5::"AuthenticationType")`,
      [methodId, workspaceId, connectorId, type, type],
    )
    for (const key of keys)
      await runSql(
        url,
        `INSERT INTO "Variable" ("id", "workspaceId", "connectorId", "methodId", "level", "key", "displayName", "helpText", "required", "locked", "defaultValue") VALUES ($1, $2, $3, $4, 'method', $5, 'Our name', 'Our help', true, true, 'ours')`,
        [newId(), workspaceId, connectorId, methodId, key],
      )
  }
  for (const migration of migrations.slice(unlocking)) await runSql(url, migration)
  const rows = await runSql<{ type: string; key: string; locked: boolean; others: string }>(
    url,
    `SELECT m."type"::text AS "type", v."key", v."locked", concat_ws('|', v."displayName", v."helpText", v."required", v."defaultValue") AS "others"
     FROM "Variable" v JOIN "AuthenticationMethod" m ON m."id" = v."methodId" ORDER BY v."id"`,
  )
  expect(rows.filter((row) => row.locked).map(({ type, key }) => `${type} ${key}`)).toEqual([
    'basic username',
    'basic password',
    'token token',
    'oauth2_authorization_code client_id',
    'oauth1 consumer_key',
    'oauth1 consumer_secret',
  ])
  expect(rows).toHaveLength(14)
  expect(new Set(rows.map(({ others }) => others))).toEqual(new Set(['Our name|Our help|t|ours']))
})

test('connectors and flows with an instance that already fails are ranked first', async () => {
  const url = await scratch()
  const migrations = migrationDirectories().migrationDirectories.map(({ migrationFile }) => migrationFile.content.value)
  const ranking = migrations.findIndex((sql) => sql.includes('CREATE TABLE "ConnectorRank"'))
  for (const migration of migrations.slice(0, ranking)) await runSql(url, migration)
  const workspaceId = newId()
  await runSql(url, `INSERT INTO "Workspace" ("id", "name") VALUES ($1, 'Acme')`, [workspaceId])
  for (const [name, status] of [
    ['calm', 'connected'],
    ['failing', 'failing'],
  ]) {
    const [connectorId, methodId, instanceId, flowId, versionId] = [newId(), newId(), newId(), newId(), newId()]
    const insert = (table: string, row: Record<string, unknown>) => {
      const columns = Object.keys(row)
      const places = columns.map((_, index) => `$${index + 1}`).join(', ')
      const sql = `INSERT INTO "${table}" (${columns.map((column) => `"${column}"`).join(', ')}) VALUES (${places})`
      return runSql(url, sql, Object.values(row) as string[])
    }
    const named = { workspaceId, key: name, name, foldedName: name }
    await insert('Connector', { id: connectorId, ...named })
    await insert('AuthenticationMethod', { id: methodId, connectorId, type: 'basic', ...named })
    await insert('Instance', { id: instanceId, connectorId, methodId, status, ...named })
    await insert('Flow', { id: flowId, ...named })
    await insert('FlowVersion', { id: versionId, workspaceId, flowId })
    await insert('Shape', { id: newId(), workspaceId, flowVersionId: versionId, name, connectorId, instanceId })
  }
  for (const migration of migrations.slice(ranking)) await runSql(url, migration)
  const ranks = (table: string) => runSql<{ rank: string }>(url, `SELECT "rank" FROM "${table}" ORDER BY "rank"`)
  expect(await ranks('ConnectorRank')).toEqual([{ rank: '0failing' }, { rank: '1calm' }])
  expect(await ranks('Flow')).toEqual([{ rank: '0failing' }, { rank: '1calm' }])
})

test('every shape but the first becomes a flow of its own, and the history says so', async () => {
  const url = await scratch()
  const migrations = migrationDirectories().migrationDirectories.map(({ migrationFile }) => migrationFile.content.value)
  const splitting = migrations.findIndex((sql) => sql.includes('"Shape_flowVersionId_parentId_leg_key"'))
  for (const migration of migrations.slice(0, splitting)) await runSql(url, migration)
  const workspaceId = newId()
  await runSql(url, `INSERT INTO "Workspace" ("id", "name") VALUES ($1, 'Acme')`, [workspaceId])
  const flow = async (
    name: string,
    state: string,
    shapes: readonly (readonly [name: string, x: number, y: number])[],
  ) => {
    const [id, versionId] = [newId(), newId()]
    await runSql(
      url,
      `INSERT INTO "Flow" ("id", "workspaceId", "key", "name", "foldedName", "description") VALUES ($1, $2, $3, $4, $3, 'About it')`,
      [id, workspaceId, name.toLowerCase(), name],
    )
    await runSql(
      url,
      `INSERT INTO "FlowVersion" ("id", "workspaceId", "flowId", "state") VALUES ($1, $2, $3, $4::"FlowVersionState")`,
      [versionId, workspaceId, id, state],
    )
    for (const [shape, x, y] of shapes)
      await runSql(
        url,
        `INSERT INTO "Shape" ("id", "workspaceId", "flowVersionId", "name", "positionX", "positionY") VALUES ($1, $2, $3, $4, $5, $6)`,
        [newId(), workspaceId, versionId, shape, x, y],
      )
    return id
  }
  const orders = await flow('Orders', 'draft', [
    ['Last', 0, 200],
    ['ÄNDERN', 100, 100],
    ['First', 0, 100],
    ['Last', 0, 300],
  ])
  await flow('Orders – Last', 'draft', [['Only', 0, 0]])
  await flow('Empty', 'draft', [])
  await flow('Old', 'superseded', [
    ['Second', 0, 100],
    ['First', 0, 0],
  ])
  for (const migration of migrations.slice(splitting)) await runSql(url, migration)
  const rows = await runSql<{ flow: string; folded: string; shape: string; parent: string | null; state: string }>(
    url,
    `SELECT f."name" AS "flow", f."foldedName" AS "folded", s."name" AS "shape", p."name" AS "parent", v."state"::text
     FROM "Flow" f JOIN "FlowVersion" v ON v."flowId" = f."id" LEFT JOIN "Shape" s ON s."flowVersionId" = v."id" LEFT JOIN "Shape" p ON p."id" = s."parentId"
     ORDER BY f."name" COLLATE "C", s."name"`,
  )
  expect(rows.map(({ flow, shape, parent }) => [flow, shape, parent])).toEqual([
    ['Empty', null, null],
    ['Old', 'First', null],
    ['Old', 'Second', 'First'],
    ['Orders', 'First', null],
    ['Orders – Last', 'Only', null],
    ['Orders – Last 2', 'Last', null],
    ['Orders – Last 3', 'Last', null],
    ['Orders – ÄNDERN', 'ÄNDERN', null],
  ])
  expect(rows.find(({ shape }) => shape === 'ÄNDERN')).toMatchObject({ folded: 'orders – ändern', state: 'draft' })
  const flows = await runSql<{ key: string; rank: string; description: string }>(
    url,
    `SELECT "key", "rank", "description" FROM "Flow" WHERE "name" LIKE 'Orders%' ORDER BY "key"`,
  )
  expect(flows.map(({ key }) => key)).toEqual(['orders', 'orders – last', 'orders-2', 'orders-3', 'orders-4'])
  expect(flows.every(({ rank, description }) => rank.startsWith('1orders') && description === 'About it')).toBe(true)
  const audited = await runSql<{ objectName: string; partOfId: string; actorKind: string; changes: object }>(
    url,
    `SELECT "objectName", "partOfId", "actorKind"::text, "changes" FROM "AuditLog" WHERE "action" = 'split_flow' ORDER BY "objectName"`,
  )
  expect(audited).toHaveLength(3)
  expect(audited.find(({ objectName }) => objectName === 'Orders – Last 2')).toMatchObject({
    partOfId: orders,
    actorKind: 'system',
    changes: { fields: [{ field: 'flow', from: 'Orders', to: 'Orders – Last 2' }] },
  })
})
