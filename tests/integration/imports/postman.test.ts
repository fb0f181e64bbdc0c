import { beforeEach, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { cancelImport } from '@/lib/imports/cancel-import'
import { confirmImport } from '@/lib/imports/confirm-import'
import { importConnector } from '@/lib/imports/import-connector'
import { deleteOldImports } from '@/lib/imports/jobs/delete-old-imports'
import { runWriteImport } from '@/lib/imports/jobs/write-import-job'
import { listImportItems } from '@/lib/imports/list-import-items'
import { nameImport } from '@/lib/imports/name-import'
import { listImportReport } from '@/lib/imports/list-import-report'
import { startImport } from '@/lib/imports/start-import'
import { readImport } from '@/lib/imports/jobs/read-import'
import { createImportedInstances } from '@/lib/instances/create-imported-instances'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { refusalOf, valueOf } from '@/tests/support/definition-builders'
import { importOf, readFile, uploaded } from '@/tests/support/imports'
import { zipFile } from '@/tests/support/zip-file'

/** A Postman collection, alone or with its environments in a zip file, is imported by the job of documents. */

const { sql } = await testDatabase()

let actor: PersonActor
beforeEach(async () => void (actor = await anActor('manager')))

const secrets = ['live-token-4711', 'test-token-4712', 'correct horse battery']
const collection = {
  info: { name: 'Acme', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
  item: [
    {
      name: 'Orders',
      item: [
        { name: 'List', request: { method: 'GET', url: '{{baseUrl}}/orders?shop={{shop}}' } },
        {
          name: 'Log in',
          event: [{ listen: 'test', script: { exec: ['pm.environment.set("token", pm.response.json().token)'] } }],
          request: {
            ...{ method: 'POST', url: '{{baseUrl}}/login', auth: { type: 'noauth' } },
            body: { mode: 'raw', raw: `{"password": "${secrets[2]}"}`, options: { raw: { language: 'json' } } },
          },
        },
      ],
    },
  ],
  variable: [{ key: 'shop', value: 'main' }],
}
const environment = (name: string, host: string, token: string) => ({
  ...{ name, _postman_variable_scope: 'environment' },
  values: [
    { key: 'baseUrl', value: `https://${host}`, enabled: true },
    { key: 'token', value: token, type: 'secret', enabled: true },
  ],
})
const zipped = zipFile([
  { name: 'acme/Acme.postman_collection.json', content: JSON.stringify(collection) },
  {
    name: 'acme/Live.postman_environment.json',
    content: JSON.stringify(environment('Live', 'live.acme.test', secrets[0]!)),
  },
  {
    name: 'acme/Test.postman_environment.json',
    content: JSON.stringify(environment('Test', 'test.acme.test', secrets[1]!)),
  },
])
const jobOf = (importId: string) => ({ workspaceId: actor.workspaceId, importId })
const rowOf = (id: string) => systemDb().import.findUniqueOrThrow({ where: { id } })
const linesOf = async (importId: string) =>
  valueOf(await listImportReport(actor, { importId })).items.map(({ message }) => message)

/** All texts of the database that are not sealed, as one. */
async function plainTexts(): Promise<string> {
  const tables = await sql<{ table: string }>(
    `SELECT table_name AS table FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  )
  const texts = await Promise.all(
    tables.map(({ table }) => sql<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM "${table}" t`)),
  )
  return texts
    .flat()
    .map(({ row }) => row)
    .join('\n')
}

describe('A collection with environments in a zip file', () => {
  test('is read with its folders, its authentication and how many values it has', async () => {
    const read = await readFile(actor, zipped)
    expect(read).toMatchObject({
      ...{ state: 'ready', failure: '', format: 'Postman collection 2.1', name: 'Acme', baseUrl: '{{ baseUrl }}' },
      ...{ methods: { total: 2 }, endpoints: { total: 2 } },
      instances: [
        { method: 'Bearer token', environment: 'Live', values: 3 },
        { method: 'No authentication', environment: 'Live', values: 2 },
        { method: 'Bearer token', environment: 'Test', values: 3 },
        { method: 'No authentication', environment: 'Test', values: 2 },
      ],
    })
    const { items } = valueOf(await listImportItems(actor, { importId: read.id }))
    expect(items).toMatchObject([
      { name: 'List', tag: 'Orders', accepts: ['Bearer token'] },
      { name: 'Log in', tag: 'Orders', accepts: ['No authentication'] },
    ])
    expect(await linesOf(read.id)).toContainEqual(expect.stringContaining('It sets the variable “token”'))
  })

  test('has its secrets nowhere but sealed', async () => {
    const read = await readFile(actor, zipped)
    const texts = await plainTexts()
    for (const secret of secrets) expect(texts).not.toContain(secret)
    for (const secret of secrets) expect(JSON.stringify([read, await linesOf(read.id)])).not.toContain(secret)
    expect((await rowOf(read.id)).sealedValues).toMatch(/^v1\./)
  })

  test('is stored sealed before it is read', async () => {
    const id = await uploaded(actor, JSON.stringify(environment('Live', 'live.acme.test', secrets[0]!)))
    const found = (text: string) =>
      sql(`SELECT 1 FROM "ImportChunk" WHERE "importId" = $1 AND position($2::bytea IN "bytes") > 0`, [id, text])
    expect(await found('v1.')).toHaveLength(1)
    expect(await found(secrets[0]!)).toEqual([])
    expect(await found('values')).toEqual([])
  })

  test('asks whether to create instances before it is imported', async () => {
    const { id } = await readFile(actor, zipped)
    expect(refusalOf(await confirmImport(actor, { importId: id }))).toMatchObject({ field: 'instances' })
    expect(await rowOf(id)).toMatchObject({ state: 'ready' })
  })

  test('creates an instance of each method in each environment, and says on the report what became of it', async () => {
    const { id } = await readFile(actor, zipped)
    valueOf(await confirmImport(actor, { importId: id, instances: 'create' }))
    await runWriteImport(jobOf(id))
    await createImportedInstances(jobOf(id))
    const { connectorId } = await importOf(actor, id)
    const instances = await workspaceDb(actor.workspaceId).instance.findMany({
      where: { connectorId: connectorId! },
      include: { values: { include: { variable: { select: { key: true } } } } },
      orderBy: { name: 'asc' },
    })
    expect(instances.map(({ name, status }) => [name, status])).toEqual([
      ['Live (Bearer token)', 'not_verified'],
      ['Live (No authentication)', 'not_verified'],
      ['Test (Bearer token)', 'not_verified'],
      ['Test (No authentication)', 'not_verified'],
    ])
    expect(instances[0]!.values.map(({ variable, value }) => [variable.key, value]).sort()).toEqual([
      ['baseUrl', 'https://live.acme.test'],
      ['password_2', null],
      ['token', null],
    ])
    const created = (await linesOf(id)).filter((line) => line.startsWith('The instance'))
    expect(created).toHaveLength(4)
    expect(created[0]).toBe('The instance “Live (Bearer token)” was created. Its credentials are not verified yet.')
    expect(await rowOf(id)).toMatchObject({ sealedValues: null, state: 'imported' })
    for (const secret of secrets) expect(await plainTexts()).not.toContain(secret)
  })

  test('stays imported if an instance is refused, and the report says why', async () => {
    const { id } = await readFile(actor, zipped)
    valueOf(await confirmImport(actor, { importId: id, instances: 'create' }))
    await runWriteImport(jobOf(id))
    await systemDb().membership.updateMany({ where: { userId: actor.userId }, data: { role: 'read_only' } })
    await createImportedInstances(jobOf(id))
    expect(await rowOf(id)).toMatchObject({ state: 'imported', sealedValues: null })
    await systemDb().membership.updateMany({ where: { userId: actor.userId }, data: { role: 'manager' } })
    expect((await linesOf(id)).filter((line) => line.includes('was not created.'))).toHaveLength(4)
  })

  test('continues behind the last instance that was created', async () => {
    const { id } = await readFile(actor, zipped)
    valueOf(await confirmImport(actor, { importId: id, instances: 'create' }))
    await runWriteImport(jobOf(id))
    await systemDb().import.update({ where: { id }, data: { done: 3 } })
    await createImportedInstances(jobOf(id))
    await createImportedInstances(jobOf(id))
    const { connectorId } = await importOf(actor, id)
    expect(await systemDb().instance.count({ where: { connectorId: connectorId! } })).toBe(1)
  })

  test('says that an instance was created, if it was interrupted before this was noted', async () => {
    const { id } = await readFile(actor, zipped)
    valueOf(await confirmImport(actor, { importId: id, instances: 'create' }))
    await runWriteImport(jobOf(id))
    const { sealedValues, foundValues } = await rowOf(id)
    await createImportedInstances(jobOf(id))
    await systemDb().importLine.deleteMany({ where: { importId: id, message: { startsWith: 'The instance' } } })
    const data = { sealedValues, foundValues: foundValues as object[], createsInstances: true }
    await systemDb().import.update({ where: { id }, data })
    await createImportedInstances(jobOf(id))
    const lines = (await linesOf(id)).filter((line) => line.startsWith('The instance'))
    expect(lines).toHaveLength(4)
    for (const line of lines) expect(line).toContain('was created.')
    const { connectorId } = await rowOf(id)
    expect(await systemDb().instance.count({ where: { connectorId: connectorId! } })).toBe(4)
  })

  test('ends after several attempts, without the values and with a line of the report', async () => {
    const { id } = await readFile(actor, zipped)
    valueOf(await confirmImport(actor, { importId: id, instances: 'create' }))
    await runWriteImport(jobOf(id))
    await systemDb().import.update({ where: { id }, data: { sealedValues: 'v1.broken' } })
    for (let attempt = 0; attempt < 3; attempt += 1) await expect(createImportedInstances(jobOf(id))).rejects.toThrow()
    expect(await rowOf(id)).toMatchObject({ sealedValues: 'v1.broken' })
    await createImportedInstances(jobOf(id))
    expect(await rowOf(id)).toMatchObject({ state: 'imported', sealedValues: null, createsInstances: null })
    expect(await linesOf(id)).toContainEqual(expect.stringContaining('interrupted several times'))
  })

  test('deletes the values of an import that nobody confirms within a day, and says so', async () => {
    const { id } = await readFile(actor, zipped)
    await deleteOldImports(new Date(Date.now() + 23 * 60 * 60 * 1_000))
    expect((await rowOf(id)).sealedValues).not.toBeNull()
    await deleteOldImports(new Date(Date.now() + 25 * 60 * 60 * 1_000))
    expect(await rowOf(id)).toMatchObject({ state: 'ready', sealedValues: null })
    expect(await linesOf(id)).toContainEqual(expect.stringContaining('deleted after 24 hours'))
    expect((await importOf(actor, id)).instances).toEqual([])
  })

  test('deletes the values if they are left out, and if the import is cancelled or old', async () => {
    const [first, second, third] = [
      await readFile(actor, zipped),
      await readFile(actor, zipped),
      await readFile(actor, zipped),
    ]
    valueOf(await confirmImport(actor, { importId: first.id, instances: 'leave_out' }))
    await runWriteImport(jobOf(first.id))
    await createImportedInstances(jobOf(first.id))
    valueOf(await cancelImport(actor, { importId: second.id }))
    const dayBefore = new Date(Date.now() - 25 * 60 * 60 * 1_000)
    valueOf(await nameImport(actor, { importId: third.id, name: 'Acme of yesterday' }))
    valueOf(await confirmImport(actor, { importId: third.id, instances: 'create' }))
    await runWriteImport(jobOf(third.id))
    await systemDb().import.update({ where: { id: third.id }, data: { importedAt: dayBefore } })
    expect((await rowOf(third.id)).sealedValues).not.toBeNull()
    await deleteOldImports(new Date())
    for (const { id } of [first, second, third]) expect((await rowOf(id)).sealedValues).toBeNull()
    expect(await systemDb().instance.count({ where: { workspaceId: actor.workspaceId } })).toBe(0)
  })
})

describe('Other sources', () => {
  test('an environment alone is refused with what to do', async () => {
    const read = await readFile(actor, JSON.stringify(environment('Live', 'a.test', 'x')))
    expect(read.failure).toMatch(/^This is a Postman environment/)
  })

  test('a collection may have its environment beside it in one text', async () => {
    const text = JSON.stringify({ collection, environment: environment('Live', 'live.acme.test', secrets[0]!) })
    const { id } = valueOf(await startImport(actor, { text }))
    await readImport(jobOf(id))
    expect(await importOf(actor, id)).toMatchObject({
      state: 'ready',
      baseUrl: 'https://live.acme.test',
      endpoints: { total: 2 },
    })
  })

  test('a short text becomes a connector at once, without its values', async () => {
    const { id } = valueOf(await importConnector(actor, { document: JSON.stringify(collection) }))
    const endpoints = await workspaceDb(actor.workspaceId).endpoint.count({ where: { connectorId: id } })
    expect(endpoints).toBe(2)
    for (const secret of secrets) expect(await plainTexts()).not.toContain(secret)
  })
})
