import { beforeEach, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { PersonActor } from '@/lib/domain/access/actor'
import { cancelImport } from '@/lib/imports/cancel-import'
import { chooseImportItems } from '@/lib/imports/choose-import-items'
import { confirmImport } from '@/lib/imports/confirm-import'
import { getConnectorImport } from '@/lib/imports/get-connector-import'
import { importConnector } from '@/lib/imports/import-connector'
import { readImport } from '@/lib/imports/jobs/read-import'
import { deleteOldImports } from '@/lib/imports/jobs/delete-old-imports'
import { runWriteImport } from '@/lib/imports/jobs/write-import-job'
import { listImportItems } from '@/lib/imports/list-import-items'
import { listImportTags } from '@/lib/imports/list-import-tags'
import { listImports } from '@/lib/imports/list-imports'
import { nameImport } from '@/lib/imports/name-import'
import { receiveUpload } from '@/lib/imports/receive-upload'
import { renameImportItem } from '@/lib/imports/rename-import-item'
import { planConnector } from '@/lib/imports/plan-connector'
import { startImport } from '@/lib/imports/start-import'
import { storeImportChunk } from '@/lib/imports/store-import-chunk'
import { writeConnector } from '@/lib/imports/write-connector'
import { connectorDocumentSchema } from '@/lib/imports/document-schema'
import { beginImportUpload } from '@/lib/imports/begin-import-upload'
import { finishImportUpload } from '@/lib/imports/finish-import-upload'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { aKeyActor } from '@/tests/support/api-key-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { refusalOf, valueOf } from '@/tests/support/definition-builders'
import { importOf, readFile, uploaded, written } from '@/tests/support/imports'
import { sandboxOpenApi } from '@/tests/support/open-api-documents'

/** A source is uploaded in pieces, read by a job, chosen from, and written by a job. */

const { sql } = await testDatabase()

let actor: PersonActor
beforeEach(async () => void (actor = await anActor('manager')))

const shop = sandboxOpenApi('https://shop.acme.test')
const source = JSON.stringify(shop)
const jobOf = (importId: string) => ({ workspaceId: actor.workspaceId, importId })
const itemsOf = async (importId: string, filter: Partial<Parameters<typeof listImportItems>[1]> = {}) =>
  valueOf(await listImportItems(actor, { importId, ...filter })).items
const endpointsOf = (connectorId: string | null) =>
  workspaceDb(actor.workspaceId).endpoint.findMany({
    where: { connectorId: connectorId! },
    include: { parameters: true, variables: true, enablements: { include: { method: { select: { name: true } } } } },
    orderBy: { foldedName: 'asc' },
  })
/** What is stored of the endpoints of a connector, without what differs in each. */
async function rowsIn(connectorId: string) {
  const of = (table: string, name: string, order: string) =>
    sql(
      `SELECT e."key" AS "of", ${name} AS "named", to_jsonb(t) - '{id,connectorId,endpointId,methodId,createdAt,updatedAt,enabledAt}'::text[] AS "row"
       FROM "${table}" t JOIN "Endpoint" e ON e."id" = t."${table === 'Endpoint' ? 'id' : 'endpointId'}"
       WHERE e."connectorId" = $1 ORDER BY e."key", ${order}`,
      [connectorId],
    )
  return {
    endpoints: await of('Endpoint', 't."name"', 't."key"'),
    variables: await of('Variable', 't."key"', 't."position"'),
    parameters: await of('Parameter', 't."key"', 't."position"'),
    enablements: await of(
      'Enablement',
      '(SELECT "key" FROM "AuthenticationMethod" m WHERE m."id" = t."methodId")',
      '"named"',
    ),
  }
}
const rowsOf = async (importId: string) => ({
  chunks: await systemDb().importChunk.count({ where: { importId } }),
  items: await systemDb().importItem.count({ where: { importId } }),
  lines: await systemDb().importLine.count({ where: { importId } }),
})

describe('Reading', () => {
  test('stores each method and endpoint with what accepts what, the report, and no chunks any more', async () => {
    const read = await readFile(actor, source)
    expect(read).toMatchObject({
      ...{ state: 'ready', format: 'OpenAPI 3.0.3', name: 'Acme Shop', versionLabel: '2.4', failure: '' },
      ...{ methods: { total: 4, chosen: 4 }, endpoints: { total: 6, chosen: 6 }, baseUrl: 'https://shop.acme.test' },
    })
    expect(read.lines).toBeGreaterThan(0)
    expect((await rowsOf(read.id)).chunks).toBe(0)
    const [orders] = await itemsOf(read.id, { q: 'list orders' })
    expect(orders).toMatchObject({ httpMethod: 'GET', url: '/orders', tag: 'Orders', chosen: true })
    expect(orders!.accepts).toHaveLength(2)
    const methods = await itemsOf(read.id, { kind: 'method' })
    expect(methods.find(({ tag }) => tag.startsWith('Basic'))?.endpoints).toBe(4)
  })

  test('reads YAML like JSON', async () => {
    const [json, yaml] = [await readFile(actor, source), await readFile(actor, stringify(shop))]
    const plain = async (id: string) => (await itemsOf(id)).map(({ id: _id, ...item }) => item)
    expect(await plain(yaml.id)).toEqual(await plain(json.id))
  })

  test('starts from pasted text too', async () => {
    const { id } = valueOf(await startImport(actor, { text: source }))
    await readImport(jobOf(id))
    expect(await importOf(actor, id)).toMatchObject({ state: 'ready', source: 'text', endpoints: { total: 6 } })
  })

  test('reads each import once, whichever process is quicker', async () => {
    const id = await uploaded(actor, source)
    await Promise.all([readImport(jobOf(id)), readImport(jobOf(id))])
    await readImport(jobOf(id))
    expect(await importOf(actor, id)).toMatchObject({ state: 'ready', endpoints: { total: 6 } })
  })

  test('replaces what a process that died has written, and gives up after the third', async () => {
    const id = await uploaded(actor, source)
    const owner = { workspaceId: actor.workspaceId, importId: id }
    await systemDb().import.update({ where: { id }, data: { state: 'reading', attempt: 1, done: 1 } })
    await systemDb().importItem.create({
      data: {
        ...owner,
        kind: 'endpoint',
        position: 0,
        key: 'old',
        name: 'Old',
        foldedName: 'list orders',
        definition: {},
      },
    })
    await readImport(jobOf(id))
    expect(await importOf(actor, id)).toMatchObject({ state: 'ready', endpoints: { total: 6 } })

    const other = await uploaded(actor, source)
    await systemDb().import.update({ where: { id: other }, data: { state: 'reading', attempt: 3 } })
    await readImport(jobOf(other))
    expect(await importOf(actor, other)).toMatchObject({
      state: 'failed',
      failure: expect.stringMatching(/interrupted several times/),
    })
    expect((await rowsOf(other)).chunks).toBe(0)
  })

  test('fails with a sentence when it takes too long', async () => {
    expect(await readFile(actor, source, { limitMs: 1 })).toMatchObject({
      state: 'failed',
      failure: expect.stringMatching(/more than five minutes/),
    })
  })

  test('stops when a person cancels it', async () => {
    const paths = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, index) => [`/things/${index}`, { get: { summary: `Thing ${index}` } }]),
    )
    const id = await uploaded(actor, JSON.stringify({ ...shop, paths }))
    const reading = readImport(jobOf(id))
    await expect.poll(async () => (await importOf(actor, id)).done, { timeout: 20_000 }).toBeGreaterThan(0)
    valueOf(await cancelImport(actor, { importId: id }))
    await reading
    expect(await importOf(actor, id)).toMatchObject({ state: 'cancelled' })
    expect(await rowsOf(id)).toEqual({ chunks: 0, items: 0, lines: 0 })
  })
})

describe('An upload', () => {
  test('takes pieces in order, and the same piece again', async () => {
    const { id: importId } = valueOf(await beginImportUpload(actor, { fileName: 'a.json' }))
    const bytes = Buffer.from(source).toString('base64')
    expect(refusalOf(await storeImportChunk(actor, { importId, position: 1, bytes })).field).toBe('position')
    valueOf(await storeImportChunk(actor, { importId, position: 0, bytes }))
    valueOf(await storeImportChunk(actor, { importId, position: 0, bytes }))
    expect((await rowsOf(importId)).chunks).toBe(1)
    valueOf(await finishImportUpload(actor, { importId }))
    expect(refusalOf(await storeImportChunk(actor, { importId, position: 0, bytes })).message).toMatch(/any more/)
  })

  test('is refused while the workspace has 100 unfinished imports, like every other import', async () => {
    const row = { workspaceId: actor.workspaceId, state: 'failed', source: 'text' } as const
    await systemDb().import.createMany({ data: Array.from({ length: 99 }, () => row) })
    const { id: importId } = valueOf(await beginImportUpload(actor, { fileName: 'a.json' }))
    const refusals = [
      refusalOf(await beginImportUpload(actor, { fileName: 'b.json' })),
      refusalOf(await startImport(actor, { text: source })),
    ]
    const message = 'There are already 100 unfinished imports. Finish or cancel one first.'
    expect(refusals.map((refusal) => refusal.message)).toEqual([message, message])
    valueOf(await cancelImport(actor, { importId }))
    valueOf(await startImport(actor, { text: source }))
  })

  const file = { fileName: 'a.json', updates: null }

  test('that is interrupted is cancelled, and an error of the server is thrown', async () => {
    async function* bytes(end?: Error) {
      yield Buffer.from(source)
      if (end) throw end
    }
    expect(refusalOf(await receiveUpload(actor, file, bytes(new Error('gone')))).message).toMatch(/was interrupted/)
    await sql('ALTER TABLE "ImportChunk" ADD CONSTRAINT "full_disk" CHECK (false) NOT VALID')
    await expect(receiveUpload(actor, file, bytes())).rejects.toThrow(/full_disk/)
    await sql('ALTER TABLE "ImportChunk" DROP CONSTRAINT "full_disk"')
    expect(valueOf(await listImports(actor, {})).items).toEqual([])
    valueOf(await receiveUpload(actor, file, bytes()))
  })

  test('that is empty is refused', async () => {
    const { id: importId } = valueOf(await beginImportUpload(actor, { fileName: 'a.json' }))
    expect(refusalOf(await finishImportUpload(actor, { importId })).message).toBe(
      'This file is empty. Choose another one.',
    )
  })

  test('is dropped after a day, and what nobody finishes after a month', async () => {
    const waiting = await uploaded(actor, source)
    const ready = await readFile(actor, source)
    await deleteOldImports(new Date(Date.now() + 25 * 3_600_000))
    expect(await importOf(actor, waiting)).toMatchObject({
      state: 'failed',
      failure: expect.stringMatching(/within 24 hours/),
    })
    expect((await rowsOf(waiting)).chunks).toBe(0)
    expect(await importOf(actor, ready.id)).toMatchObject({ state: 'ready' })
    await deleteOldImports(new Date(Date.now() + 31 * 24 * 3_600_000))
    expect(valueOf(await listImports(actor, {})).total).toBe(0)
  })
})

describe('Importing', () => {
  test('adds the same connector as importing the document at once', async () => {
    const { connectorId } = await written(actor, (await readFile(actor, source)).id)
    const plain = async (id: string | null) =>
      (await endpointsOf(id)).map(({ name, url, httpMethod, body, enablements, parameters, variables }) => ({
        ...{ name, url, httpMethod, body },
        accepts: enablements.map(({ method }) => method.name).sort(),
        parameters: parameters.map(({ key, value, place }) => ({ key, value, place })),
        variables: variables.map(({ key }) => key),
      }))
    const { id } = valueOf(await importConnector(actor, { document: source, name: 'At once' }))
    expect(await plain(connectorId)).toEqual(await plain(id))
  })

  test('keeps the report with the connector, and what the document said, but not its text', async () => {
    const read = await readFile(actor, source)
    const { connectorId, state } = await written(actor, read.id)
    expect(state).toBe('imported')
    const items = (await rowsOf(read.id)).items
    expect(await rowsOf(read.id)).toEqual({ chunks: 0, items, lines: read.lines })
    expect(items).toBeGreaterThanOrEqual(read.methods.total + read.endpoints.total)
    expect(valueOf(await getConnectorImport(actor, { connectorId: connectorId! }))).toMatchObject({ lines: read.lines })
    const [line] = await systemDb().auditLog.findMany({ where: { objectId: connectorId!, action: 'import_connector' } })
    expect(line).toMatchObject({ userId: actor.userId, actorName: actor.label })
    expect(valueOf(await listImports(actor, {})).items).toEqual([])
  })

  test('adds only what was chosen, by tag, by method, by search and singly, under its new names', async () => {
    const { id: importId } = await readFile(actor, source)
    expect(valueOf(await listImportTags(actor, { importId }))).toEqual([
      { tag: '', total: 2, chosen: 2 },
      { tag: 'Orders', total: 3, chosen: 3 },
      { tag: 'Products', total: 1, chosen: 1 },
    ])
    const choose = async (filter: Omit<Parameters<typeof chooseImportItems>[1], 'importId'>) =>
      valueOf(await chooseImportItems(actor, { importId, ...filter })).items
    expect(await choose({ chosen: false })).toBe(6)
    expect(await choose({ tag: 'Products', chosen: true })).toBe(1)
    expect(await choose({ q: 'who am', chosen: true })).toBe(1)
    const methods = await itemsOf(importId, { kind: 'method' })
    const token = methods.find(({ endpoints, tag }) => endpoints === 3 && !tag.startsWith('Basic'))!
    expect(await choose({ method: token.name, chosen: true })).toBe(3)
    const [create] = await itemsOf(importId, { q: 'create' })
    expect(await choose({ itemId: create!.id, chosen: false })).toBe(1)
    const unused = methods.filter(({ name }) => name !== token.name)
    for (const { id } of unused) await choose({ itemId: id, chosen: false })
    const [products] = await itemsOf(importId, { q: 'products' })
    valueOf(await renameImportItem(actor, { importId, itemId: products!.id, name: 'Articles' }))
    valueOf(await renameImportItem(actor, { importId, itemId: token.id, name: 'Shop key' }))
    valueOf(await nameImport(actor, { importId, name: 'My shop', versionLabel: '' }))

    const { connectorId, name } = await written(actor, importId)
    expect(name).toBe('My shop')
    const endpoints = await endpointsOf(connectorId)
    expect(endpoints.map(({ name: of, enablements }) => [of, enablements.map(({ method }) => method.name)])).toEqual([
      ['Articles', ['Shop key']],
      ['Who am I', ['Shop key']],
    ])
  })

  test('refuses a name that another endpoint of the import has', async () => {
    const { id: importId } = await readFile(actor, source)
    const [orders] = await itemsOf(importId, { q: 'list orders' })
    const refusal = refusalOf(await renameImportItem(actor, { importId, itemId: orders!.id, name: 'WHO AM I' }))
    expect(refusal).toMatchObject({ code: 'name_taken', field: 'name' })
  })

  test('copies schemas as they are, with the order of their properties', async () => {
    const schemas = { Any: true, Order: { type: 'object', properties: { z: { $ref: '#/$defs/Any' }, a: {} } } }
    const document = { patchbay: 2, kind: 'connector', name: 'Schemas', schemas }
    const { connectorId } = await written(actor, (await readFile(actor, JSON.stringify(document))).id)
    const copied = await workspaceDb(actor.workspaceId).connectorSchema.findMany({
      where: { connectorId: connectorId! },
      orderBy: { name: 'asc' },
    })
    expect(JSON.stringify(copied.map(({ name, schema }) => [name, schema]))).toBe(
      JSON.stringify(Object.entries(schemas)),
    )
  })

  test('writes the same rows as importing the document at once, in the same order', async () => {
    const input = { displayName: 'Kind', helpText: 'Which', required: true, inputKind: 'select' }
    const document = {
      ...{ patchbay: 2, kind: 'connector', name: 'Every field', baseUrl: 'https://api.acme.test' },
      methods: [
        { key: 'one', name: 'One', type: 'basic' },
        { key: 'two', name: 'Two', type: 'token' },
      ],
      schemas: { Order: { type: 'object' } },
      endpoints: [
        {
          ...{ key: 'all-orders', name: 'Orders “all” {{ }}', entityType: 'Orders', direction: 'send', method: 'POST' },
          ...{ url: '/orders/{{ kind }}/{{ id }}', bodyFormat: 'json', body: '{"at": "{{ id }}"}', deprecated: true },
          ...{ dataPath: '$.data', description: 'Line 1\nLine 2 ☃ "quoted" \\ back', scopes: ['a', 'b,c', '{d}'] },
          ...{ requestSchema: 'Order', responseSchema: 'Order', accepts: ['two', 'one'] },
          pagination: { type: 'page_number', parameter: 'page' },
          variables: [
            { key: 'kind', ...input, options: [{ value: 'a', label: 'A' }], defaultValue: 'a' },
            { key: 'id', pattern: '^\\d+$', advanced: true, configurable: false, alias: 'order_id' },
          ],
          parameters: [
            { in: 'url', key: 'z', value: '{{ id }}' },
            { in: 'header', key: 'A', value: '1', required: false, displayName: 'A', helpText: 'First' },
          ],
        },
        { key: 'plain', name: 'Plain', url: '/plain', accepts: [] },
      ],
    }
    const text = JSON.stringify(document)
    const atOnce = valueOf(await importConnector(actor, { document: text })).id
    const { id: importId } = await readFile(actor, text)
    valueOf(await nameImport(actor, { importId, name: 'By the job', versionLabel: '' }))
    const { connectorId } = await written(actor, importId)
    const [one, other] = [await rowsIn(atOnce), await rowsIn(connectorId!)]
    expect(one.variables).toHaveLength(2)
    expect(one.enablements).toHaveLength(2)
    expect(other).toEqual(one)
    expect(await sql(`SELECT 1 FROM "ImportItem" WHERE "importId" = $1 AND "rows" IS NOT NULL`, [importId])).toEqual([])
  })

  test('writes more endpoints than one batch, also of equal names, without those that were left out', async () => {
    const operation = (index: number) => ({ summary: 'Orders / all', tags: [index % 3 === 1 ? 'Out' : 'In'] })
    const paths = Object.fromEntries(
      Array.from({ length: 600 }, (_, index) => [`/o/${index}`, { get: operation(index) }]),
    )
    const { id: importId } = await readFile(actor, JSON.stringify({ ...shop, paths }))
    valueOf(await chooseImportItems(actor, { importId, tag: 'Out', chosen: false }))
    const { connectorId } = await written(actor, importId)
    const endpoints = await endpointsOf(connectorId)
    expect(endpoints.map(({ url }) => Number(url.slice(3))).sort((one, other) => one - other)).toEqual(
      Array.from({ length: 600 }, (_, index) => index).filter((index) => index % 3 !== 1),
    )
    expect(new Set(endpoints.map(({ key }) => key)).size).toBe(400)
    expect(endpoints.every(({ enablements }) => enablements.length === 1)).toBe(true)
    const linked = await sql<{ count: number }>(
      `SELECT count(*)::int AS "count" FROM "ImportItem" item JOIN "Endpoint" e ON e."id" = item."id" AND e."key" = item."partKey"
       WHERE item."importId" = $1`,
      [importId],
    )
    expect(linked).toEqual([{ count: 400 }])
  })

  test('whose rows another version has made is refused, and nothing is written', async () => {
    const { id: importId } = await readFile(actor, source)
    await sql(`UPDATE "ImportItem" SET "rows" = '{"columns": "another"}' WHERE "importId" = $1`, [importId])
    expect(await written(actor, importId)).toMatchObject({
      ...{ state: 'ready', connectorId: null },
      failure: 'This document was read by another version of Patchbay. Import it again.',
    })
    expect(await workspaceDb(actor.workspaceId).connector.count()).toBe(0)
  })

  test('keeps no other new connector of the workspace waiting, also of a similar name', async () => {
    const document = { patchbay: 2, kind: 'connector', name: 'Acme Shop' }
    const plan = valueOf(planConnector(connectorDocumentSchema.parse(document)))
    const db = workspaceDb(actor.workspaceId)
    const endpoints = async () => {
      valueOf(await importConnector(actor, { document: JSON.stringify({ ...document, name: 'Acme: Shop' }) }))
    }
    const id = await db.$transaction((tx) => writeConnector(tx, actor, plan, { schemas: async () => {}, endpoints }))
    expect(await db.connector.findMany({ orderBy: { key: 'asc' }, select: { key: true, name: true } })).toEqual([
      { key: 'acme-shop', name: 'Acme: Shop' },
      { key: 'acme-shop-2', name: 'Acme Shop' },
    ])
    expect(await db.connector.findFirst({ where: { key: 'acme-shop-2' }, select: { id: true } })).toEqual({ id })
  })

  test('of two who do it at once, one is refused, and one connector is added', async () => {
    const { id: importId } = await readFile(actor, source)
    const both = await Promise.all([confirmImport(actor, { importId }), confirmImport(actor, { importId })])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    await Promise.all([runWriteImport(jobOf(importId)), runWriteImport(jobOf(importId))])
    expect(await importOf(actor, importId)).toMatchObject({ state: 'imported' })
    expect(await workspaceDb(actor.workspaceId).connector.count()).toBe(1)
  })

  test('whose name was taken in the meantime stays as it was chosen, with the reason', async () => {
    const { id: importId } = await readFile(actor, source)
    valueOf(await chooseImportItems(actor, { importId, tag: 'Orders', chosen: false }))
    valueOf(await confirmImport(actor, { importId }))
    valueOf(await importConnector(actor, { document: source }))
    await runWriteImport(jobOf(importId))
    const kept = await importOf(actor, importId)
    expect(kept).toMatchObject({ state: 'ready', endpoints: { total: 6, chosen: 3 } })
    expect(kept.failure).toMatch(/already a connector called “Acme Shop”/)
    expect(refusalOf(await confirmImport(actor, { importId })).code).toBe('name_taken')
    valueOf(await nameImport(actor, { importId, name: 'Another shop' }))
    expect((await written(actor, importId)).state).toBe('imported')
  })

  test('is not done for a person who may no longer change connectors', async () => {
    const { id: importId } = await readFile(actor, source)
    valueOf(await confirmImport(actor, { importId }))
    await systemDb().membership.updateMany({ where: { userId: actor.userId }, data: { role: 'read_only' } })
    await runWriteImport(jobOf(importId))
    expect(await importOf(actor, importId)).toMatchObject({
      state: 'ready',
      failure: expect.stringMatching(/role does not allow/),
    })
    expect(await workspaceDb(actor.workspaceId).connector.count()).toBe(0)
  })

  test.each([
    ['was revoked', { revokedAt: new Date() }],
    ['has expired', { expiresAt: new Date(Date.now() - 1_000) }],
    ['may only call endpoints now', { callOnly: true }],
    ['is limited to some connectors now', { restricted: true }],
  ])('is not done for an API key that %s', async (_what, change) => {
    const { id: importId } = await readFile(actor, source)
    const key = await aKeyActor(actor, { role: 'manager' })
    valueOf(await confirmImport(key, { importId }))
    await systemDb().apiKey.update({ where: { id: key.keyId }, data: change })
    await runWriteImport(jobOf(importId))
    expect(await importOf(actor, importId)).toMatchObject({
      state: 'ready',
      failure: expect.stringMatching(/can no longer change connectors/),
    })
    await systemDb().apiKey.update({
      where: { id: key.keyId },
      data: { revokedAt: null, expiresAt: null, callOnly: false, restricted: false },
    })
    expect((await written(key, importId)).state).toBe('imported')
  })

  test('cannot be changed or cancelled while it is written', async () => {
    const { id: importId } = await readFile(actor, source)
    valueOf(await confirmImport(actor, { importId }))
    expect(refusalOf(await chooseImportItems(actor, { importId, chosen: false })).message).toMatch(/cannot be changed/)
    expect(refusalOf(await cancelImport(actor, { importId })).message).toMatch(/cannot be cancelled/)
  })
})
