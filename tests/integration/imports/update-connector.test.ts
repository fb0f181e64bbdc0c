import { beforeEach, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { endpointFieldsOf } from '@/lib/endpoints/fields'
import { saveEndpoint } from '@/lib/endpoints/save-endpoint'
import { cancelImport } from '@/lib/imports/cancel-import'
import { chooseImportItems } from '@/lib/imports/choose-import-items'
import { confirmImport } from '@/lib/imports/confirm-import'
import { getConnectorDocument } from '@/lib/imports/get-connector-document'
import { getConnectorImport } from '@/lib/imports/get-connector-import'
import { importConnector } from '@/lib/imports/import-connector'
import { installPreset } from '@/lib/imports/install-preset'
import { deleteOldImports } from '@/lib/imports/jobs/delete-old-imports'
import { readImport } from '@/lib/imports/jobs/read-import'
import { runWriteImport } from '@/lib/imports/jobs/write-import-job'
import { listImportItems } from '@/lib/imports/list-import-items'
import { startImport } from '@/lib/imports/start-import'
import { getImportItem } from '@/lib/imports/update/get-import-item'
import { updateFromPreset } from '@/lib/imports/update/update-from-preset'
import { workspaceDb } from '@/lib/platform/db/client'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { refusalOf, valueOf } from '@/tests/support/definition-builders'
import {
  aConnector,
  aFlowUsing,
  aMethod,
  anEnablement,
  anEndpoint,
  anInstance,
} from '@/tests/support/endpoint-builders'
import { importOf, readFile, written } from '@/tests/support/imports'
import { sandboxOpenApi } from '@/tests/support/open-api-documents'

/** A newer document updates a connector: what it said before, what it says now, and what people changed here (DATA §16). */

const { sql } = await testDatabase()

let actor: PersonActor
beforeEach(async () => void (actor = await anActor('manager')))

const url = 'https://shop.acme.test'
type Shop = Omit<ReturnType<typeof sandboxOpenApi>, 'paths'> & { paths: Paths }
type Paths = Record<string, Record<string, Record<string, unknown>>>

/** The document after a change. */
function shop(change: (document: Shop) => void = () => {}): string {
  const document: Shop = structuredClone(sandboxOpenApi(url))
  change(document)
  return JSON.stringify(document)
}

const db = () => workspaceDb(actor.workspaceId)
const documentOf = async (connectorId: string) => valueOf(await getConnectorDocument(actor, { connectorId }))
const imported = async (source = shop()) => (await written(actor, (await readFile(actor, source)).id)).connectorId!

/** Reads a newer document. */
async function updating(connectorId: string, text: string) {
  const { id: importId } = valueOf(await startImport(actor, { text, updates: connectorId }))
  await readImport({ workspaceId: actor.workspaceId, importId })
  return importOf(actor, importId)
}
const itemsOf = async (importId: string, filter: Partial<Parameters<typeof listImportItems>[1]> = {}) =>
  valueOf(await listImportItems(actor, { importId, ...filter })).items
const changesOf = async (importId: string) =>
  (await Promise.all((['connector', 'method', 'endpoint'] as const).map((kind) => itemsOf(importId, { kind }))))
    .flat()
    .filter(({ change }) => change !== 'same')
    .map(({ change, name }) => `${change} ${name}`)
const itemCalled = async (importId: string, name: string) =>
  (await itemsOf(importId)).find((item) => item.name === name)!
const fieldsOf = async (importId: string, name: string) => {
  const { id: itemId } = await itemCalled(importId, name)
  return valueOf(await getImportItem(actor, { importId, itemId })).fields
}
async function applied(importId: string, confirmed = false) {
  valueOf(await confirmImport(actor, { importId, confirmed }))
  await runWriteImport({ workspaceId: actor.workspaceId, importId })
  return importOf(actor, importId)
}
const endpointCalled = (connectorId: string, name: string) =>
  db().endpoint.findFirstOrThrow({
    where: { connectorId, name },
    include: { parameters: true, enablements: { include: { method: { select: { name: true } } } } },
  })
/** Changes an endpoint on its form. */
async function edited(connectorId: string, name: string, fields: object) {
  const row = await endpointCalled(connectorId, name)
  valueOf(
    await saveEndpoint(actor, {
      ...endpointFieldsOf({ ...row, httpMethod: row.httpMethod as 'GET', pagination: { kind: 'none' } }),
      ...{ endpointId: row.id, revision: row.revision, confirmed: false },
      parameters: row.parameters.map(({ id, place, key, value, required, displayName, helpText }) => ({
        ...{ id, place: place as 'url', key, value, required, displayName, helpText },
      })),
      ...fields,
    }),
  )
}

describe('The same document', () => {
  test('changes nothing', async () => {
    const connectorId = await imported()
    const before = await documentOf(connectorId)
    const update = await updating(connectorId, shop())
    expect(await changesOf(update.id)).toEqual([])
    expect(await applied(update.id)).toMatchObject({ state: 'imported', connectorId })
    expect(await documentOf(connectorId)).toEqual(before)
  })

  test('changes nothing either in an import at once, whose operations are found by method and URL', async () => {
    const { id } = valueOf(await importConnector(actor, { document: shop(), name: 'My shop' }))
    const before = await documentOf(id)
    const update = await updating(id, shop())
    expect(await changesOf(update.id)).toEqual([])
    await applied(update.id)
    expect(await documentOf(id)).toEqual(before)
  })

  test('is compared again with what the last update said', async () => {
    const connectorId = await imported()
    const newer = shop(({ paths }) => void (paths['/health']!.get!.summary = 'Health check'))
    await applied((await updating(connectorId, newer)).id)
    expect(await changesOf((await updating(connectorId, newer)).id)).toEqual([])
    expect(await changesOf((await updating(connectorId, shop())).id)).toEqual(['changed Health'])
  })
})

describe('A newer document', () => {
  test('adds, changes, moves and removes, and each is listed', async () => {
    const connectorId = await imported()
    const order = await endpointCalled(connectorId, 'Get an order')
    const update = await updating(
      connectorId,
      shop(({ info, paths }) => {
        info.version = '2.5'
        paths['/refunds'] = { get: { operationId: 'listRefunds', summary: 'List refunds', responses: {} } }
        paths['/v2/orders/{orderId}'] = paths['/orders/{orderId}']!
        delete paths['/orders/{orderId}']
        paths['/orders']!.get!.parameters = [{ name: 'state', in: 'query', schema: { type: 'string' } }]
        delete paths['/health']
      }),
    )
    expect((await changesOf(update.id)).toSorted()).toEqual([
      'added List refunds',
      'changed Connector',
      'changed List orders',
      'moved Get an order',
      'removed Health',
      // Only that one accepted it.
      'removed None',
    ])
    expect(await itemCalled(update.id, 'Health')).toMatchObject({ chosen: false })
    expect(await applied(update.id)).toMatchObject({ state: 'imported' })
    const moved = await endpointCalled(connectorId, 'Get an order')
    expect(moved).toMatchObject({ id: order.id, key: order.key, url: '/v2/orders/{{ orderId }}' })
    expect((await endpointCalled(connectorId, 'List orders')).parameters.map(({ key }) => key)).toEqual(['state'])
    expect((await endpointCalled(connectorId, 'List refunds')).enablements).toHaveLength(1)
    expect(await endpointCalled(connectorId, 'Health')).toBeTruthy()
    expect(await db().connector.findFirst({ where: { id: connectorId } })).toMatchObject({ versionLabel: '2.5' })
  })

  test('finds an operation whose ID was renamed by its method and path', async () => {
    const connectorId = await imported()
    const renamed = shop(({ paths }) => {
      paths['/health']!.get!.operationId = 'getHealth'
      paths['/health']!.get!.summary = 'Health of the service'
    })
    const update = await updating(connectorId, renamed)
    expect(await changesOf(update.id)).toEqual(['changed Health of the service'])
  })

  test('changes only what is chosen, and does not propose the rest again', async () => {
    const connectorId = await imported()
    const newer = shop(({ paths }) => {
      paths['/health']!.get!.summary = 'Health check'
      paths['/products']!.get!.summary = 'All products'
    })
    const update = await updating(connectorId, newer)
    const { id: itemId } = await itemCalled(update.id, 'All products')
    valueOf(await chooseImportItems(actor, { importId: update.id, itemId, chosen: false }))
    await applied(update.id)
    const names = (await db().endpoint.findMany({ where: { connectorId } })).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['Health check', 'List products']))
    expect(await changesOf((await updating(connectorId, newer)).id)).toEqual([])
  })

  test('removes an endpoint if that is chosen, but none that a flow uses (rule R11)', async () => {
    const connectorId = await imported()
    const { id: endpointId } = await endpointCalled(connectorId, 'Health')
    await usedBy(connectorId, endpointId)
    const update = await updating(
      connectorId,
      shop(({ paths }) => {
        delete paths['/health']
        delete paths['/whoami']
      }),
    )
    valueOf(await chooseImportItems(actor, { importId: update.id, change: 'removed', chosen: true }))
    expect(await itemCalled(update.id, 'Health')).toMatchObject({ change: 'removed', chosen: false, uses: 1 })
    await applied(update.id)
    await applied(update.id, true)
    const names = (await db().endpoint.findMany({ where: { connectorId } })).map(({ name }) => name)
    expect(names).toContain('Health')
    expect(names).not.toContain('Who am I')
  })

  test('leaves out what was left out before, and what people have deleted', async () => {
    const read = await readFile(actor, shop())
    const { id: itemId } = await itemCalled(read.id, 'List products')
    valueOf(await chooseImportItems(actor, { importId: read.id, itemId, chosen: false }))
    const connectorId = (await written(actor, read.id)).connectorId!
    await db().endpoint.deleteMany({ where: { connectorId, name: 'Health' } })
    const update = await updating(
      connectorId,
      shop(({ paths }) => void (paths['/products']!.get!.summary = 'All products')),
    )
    expect((await changesOf(update.id)).toSorted()).toEqual(['left_out All products', 'left_out Health'])
    await applied(update.id)
    expect(await db().endpoint.count({ where: { connectorId } })).toBe(4)
    const later = await updating(connectorId, shop())
    const { id } = await itemCalled(later.id, 'Health')
    valueOf(await chooseImportItems(actor, { importId: later.id, itemId: id, chosen: true }))
    await applied(later.id)
    expect((await endpointCalled(connectorId, 'Health')).enablements).toHaveLength(1)
  })

  test('adds a method, and turns it on where the document says', async () => {
    const connectorId = await imported()
    const update = await updating(
      connectorId,
      shop(({ components, paths }) => {
        Object.assign(components.securitySchemes, { key: { type: 'apiKey', in: 'header', name: 'X-Key' } })
        paths['/whoami']!.get!.security = [{ key: [] }]
      }),
    )
    expect(await changesOf(update.id)).toEqual(expect.arrayContaining(['added key', 'changed Who am I']))
    await applied(update.id)
    const { enablements } = await endpointCalled(connectorId, 'Who am I')
    expect(enablements.map(({ method }) => method.name)).toEqual(['key'])
  })

  test('replaces a schema, and removes one that nothing has any more', async () => {
    const connectorId = await imported()
    const names = async () =>
      (await db().connectorSchema.findMany({ where: { connectorId }, orderBy: { name: 'asc' } })).map(
        ({ name, schema }) => [name, JSON.stringify(schema)] as const,
      )
    const before = new Map(await names())
    const update = await updating(
      connectorId,
      shop(({ paths }) => {
        const response = (property: string) => ({
          200: {
            description: 'x',
            content: { 'application/json': { schema: { type: 'object', properties: { [property]: {} } } } },
          },
        })
        paths['/orders']!.get!.responses = response('changed')
        paths['/products']!.get!.responses = { 200: { description: 'Products' } }
      }),
    )
    expect(update.updates!.schemas).toBe(1)
    await applied(update.id)
    const after = new Map(await names())
    expect(after.size).toBe(before.size - 1)
    const { responseSchema } = await endpointCalled(connectorId, 'List orders')
    expect(after.get(responseSchema!)).toContain('changed')
  })
})

describe('What people have changed here', () => {
  test('stays where only they have changed it', async () => {
    const connectorId = await imported()
    await edited(connectorId, 'List orders', { name: 'All our orders', description: 'Ours.' })
    const update = await updating(
      connectorId,
      shop(({ paths }) => {
        paths['/orders']!.get!.parameters = [{ name: 'state', in: 'query', schema: { type: 'string' } }]
      }),
    )
    expect(await itemCalled(update.id, 'List orders')).toMatchObject({
      ...{ change: 'changed', isLocal: true, conflicts: 0, chosen: true },
    })
    await applied(update.id)
    const { description, parameters } = await endpointCalled(connectorId, 'All our orders')
    expect(description).toBe('Ours.')
    expect(parameters.map(({ key }) => key)).toEqual(['state'])
  })

  test('stays where the document has changed the same, and is shown beside it', async () => {
    const connectorId = await imported()
    await edited(connectorId, 'Health', { name: 'Is it up' })
    const update = await updating(
      connectorId,
      shop(({ paths }) => void (paths['/health']!.get!.summary = 'Health check')),
    )
    expect(update.updates).toMatchObject({ conflicting: 1 })
    expect(await fieldsOf(update.id, 'Health check')).toEqual([
      { path: ['name'], before: 'Health', here: 'Is it up', now: 'Health check', isConflict: true },
    ])
    await applied(update.id)
    expect(await endpointCalled(connectorId, 'Is it up')).toBeTruthy()
  })

  test('is replaced there if the document is chosen', async () => {
    const connectorId = await imported()
    await edited(connectorId, 'Health', { name: 'Is it up' })
    const update = await updating(
      connectorId,
      shop(({ paths }) => void (paths['/health']!.get!.summary = 'Health check')),
    )
    const conflicting = { importId: update.id, conflicting: true, chosen: true, takesDocument: true }
    expect(valueOf(await chooseImportItems(actor, conflicting))).toEqual({ items: 1 })
    await applied(update.id)
    expect(await endpointCalled(connectorId, 'Health check')).toBeTruthy()
  })

  test('stays too if it is changed after the comparison', async () => {
    const connectorId = await imported()
    const update = await updating(
      connectorId,
      shop(({ paths }) => void (paths['/health']!.get!.summary = 'Health check')),
    )
    await edited(connectorId, 'Health', { name: 'Is it up', url: '/healthz' })
    await applied(update.id)
    expect(await endpointCalled(connectorId, 'Is it up')).toMatchObject({ url: '/healthz' })
  })

  test('includes methods, endpoints and switches of their own', async () => {
    const connectorId = await imported()
    const ids = { workspaceId: actor.workspaceId, connectorId }
    const own = await anEndpoint(ids, 'Own', { url: '/own' })
    const { id: endpointId } = await endpointCalled(connectorId, 'List orders')
    const method = await aMethod(ids, 'Own method', 'none')
    await anEnablement(ids, endpointId, method.id)
    await anEnablement(ids, own.id, method.id)
    const update = await updating(
      connectorId,
      shop(({ paths }) => {
        paths['/orders']!.get!.security = [{ token: [] }]
        paths['/own'] = { get: { operationId: 'own', summary: 'In the document', responses: {} } }
      }),
    )
    // It has never been imported, so nothing says which of the two is newer.
    expect(await itemCalled(update.id, 'In the document')).toMatchObject({ change: 'changed', isLocal: true })
    await applied(update.id)
    const { enablements } = await endpointCalled(connectorId, 'List orders')
    expect(enablements.map((each) => each.method.name).toSorted()).toEqual(['Own method', 'token'])
    expect(await db().endpoint.count({ where: { connectorId } })).toBe(7)
    expect((await endpointCalled(connectorId, 'Own')).enablements.map((each) => each.method.name)).toContain(
      'Own method',
    )
  })

  test('is compared as two, with a connector that was never imported', async () => {
    const ids = await aConnector(actor.workspaceId, 'By hand', url)
    await anEndpoint(ids, 'Orders', { url: '/orders' })
    const update = await updating(ids.connectorId, shop())
    expect(await itemCalled(update.id, 'List orders')).toMatchObject({ change: 'changed', conflicts: 1 })
    await applied(update.id)
    expect(await endpointCalled(ids.connectorId, 'Orders')).toBeTruthy()
    expect(await db().endpoint.count({ where: ids })).toBe(6)
  })
})

describe('Before an update is written', () => {
  test('everything that it would do to credentials and flows is asked, and nothing is written until then', async () => {
    const connectorId = await imported()
    const ids = { workspaceId: actor.workspaceId, connectorId }
    const { id: endpointId } = await endpointCalled(connectorId, 'List orders')
    const method = await db().authenticationMethod.findFirstOrThrow({ where: { connectorId, name: 'basic' } })
    const instance = await anInstance(ids, method.id)
    await aFlowUsing(ids, { name: 'Order sync', instanceId: instance.id, endpointId })
    const before = await documentOf(connectorId)
    const newer = shop(({ paths, info }) => {
      info.version = '3'
      paths['/orders']!.get!.security = [{ token: [] }]
    })
    const { id: importId } = await updating(connectorId, newer)
    const asked = await applied(importId)
    expect(asked).toMatchObject({ state: 'ready', failure: '' })
    expect(asked.updates!.questions).toEqual([expect.stringContaining('Order sync')])
    expect(await documentOf(connectorId)).toEqual(before)
    expect(await applied(importId, true)).toMatchObject({ state: 'imported' })
    const { enablements } = await endpointCalled(connectorId, 'List orders')
    expect(enablements.map((each) => each.method.name)).toEqual(['token'])
  })

  test('a host that is new for credentials waits for an administrator (DATA §6)', async () => {
    const connectorId = await imported()
    const ids = { workspaceId: actor.workspaceId, connectorId }
    const method = await db().authenticationMethod.findFirstOrThrow({ where: { connectorId, name: 'basic' } })
    await anInstance(ids, method.id)
    const newer = shop(({ servers }) => void (servers[0]!.url = 'https://elsewhere.test'))
    const { id } = await updating(connectorId, newer)
    await applied(id)
    expect(await applied(id, true)).toMatchObject({ state: 'imported' })
    const pending = await db().connectorOrigin.findMany({ where: { connectorId, confirmedAt: null } })
    expect(pending.map(({ origin }) => origin)).toEqual(['https://elsewhere.test'])
  })

  test('a connector that was deleted in the meantime ends it, with a sentence', async () => {
    const connectorId = await imported()
    const { id: importId } = valueOf(await startImport(actor, { text: shop(), updates: connectorId }))
    await db().connector.deleteMany({ where: { id: connectorId } })
    await readImport({ workspaceId: actor.workspaceId, importId })
    expect(await db().import.findFirst({ where: { id: importId } })).toBeNull()
  })

  test('a connector of another workspace is not found', async () => {
    const other = await anActor('manager')
    const { connectorId } = await aConnector(other.workspaceId)
    expect(refusalOf(await startImport(actor, { text: shop(), updates: connectorId })).code).toBe('not_found')
  })
})

describe('Two updates of one connector', () => {
  test('compared with the same: the second is refused once the first is written', async () => {
    const connectorId = await imported()
    const newer = (summary: string) => shop(({ paths }) => void (paths['/health']!.get!.summary = summary))
    const [first, second] = [await updating(connectorId, newer('First')), await updating(connectorId, newer('Second'))]
    await applied(first.id)
    const refused = await applied(second.id)
    expect(refused).toMatchObject({ state: 'ready', failure: expect.stringContaining('another import') as string })
    expect(await endpointCalled(connectorId, 'First')).toBeTruthy()
  })

  test('written twice by two processes is written once', async () => {
    const connectorId = await imported()
    const { id: importId } = await updating(
      connectorId,
      shop(({ info }) => void (info.version = '3')),
    )
    valueOf(await confirmImport(actor, { importId }))
    const job = { workspaceId: actor.workspaceId, importId }
    await Promise.all([runWriteImport(job), runWriteImport(job)])
    expect(await importOf(actor, importId)).toMatchObject({ state: 'imported' })
    const lines = await db().auditLog.count({ where: { action: 'update_connector_from_document' } })
    expect(lines).toBe(1)
  })
})

describe('Questions', () => {
  const withoutHealth = shop(({ paths }) => {
    delete paths['/health']
    delete paths['/whoami']
  })

  test('are asked again when what was chosen has changed', async () => {
    const connectorId = await imported()
    const { id: importId } = await updating(connectorId, withoutHealth)
    const choose = async (name: string) => {
      const { id: itemId } = await itemCalled(importId, name)
      valueOf(await chooseImportItems(actor, { importId, itemId, chosen: true }))
    }
    await choose('Health')
    expect((await applied(importId)).updates!.questions).toEqual(['1 endpoint will be deleted: “Health”.'])
    await choose('Who am I')
    expect((await importOf(actor, importId)).updates!.questions).toEqual([])
    const asked = await applied(importId, true)
    expect(asked.state).toBe('ready')
    expect(asked.updates!.questions).toEqual(['2 endpoints will be deleted: “Health” and “Who am I”.'])
    expect(await applied(importId, true)).toMatchObject({ state: 'imported' })
    expect(await db().endpoint.count({ where: { connectorId } })).toBe(4)
  })

  test('name a connector that was changed after the comparison, if that may be undone', async () => {
    const connectorId = await imported()
    const { id: importId } = await updating(connectorId, withoutHealth)
    const { id: itemId } = await itemCalled(importId, 'Health')
    valueOf(await chooseImportItems(actor, { importId, itemId, chosen: true }))
    await edited(connectorId, 'Health', { description: 'Reworked.' })
    const { questions } = (await applied(importId)).updates!
    expect(questions[0]).toContain('changed after it was compared')
    expect(await endpointCalled(connectorId, 'Health')).toBeTruthy()
  })

  test('name an address that is new for credentials', async () => {
    const connectorId = await imported()
    const method = await db().authenticationMethod.findFirstOrThrow({ where: { connectorId, name: 'basic' } })
    await anInstance({ workspaceId: actor.workspaceId, connectorId }, method.id)
    const { id } = await updating(
      connectorId,
      shop(({ servers }) => void (servers[0]!.url = 'https://elsewhere.test')),
    )
    expect((await applied(id)).updates!.questions.join('\n')).toContain('https://elsewhere.test is new for credentials')
  })
})

describe('Choosing all that are found', () => {
  test('chooses neither what is removed nor what was left out, unless the filter says so', async () => {
    const connectorId = await imported()
    await db().endpoint.deleteMany({ where: { connectorId, name: 'List products' } })
    const { id: importId } = await updating(
      connectorId,
      shop(({ paths }) => void delete paths['/health']),
    )
    valueOf(await chooseImportItems(actor, { importId, differing: true, chosen: true }))
    expect(await itemCalled(importId, 'Health')).toMatchObject({ change: 'removed', chosen: false })
    expect(await itemCalled(importId, 'List products')).toMatchObject({ change: 'left_out', chosen: false })
    valueOf(await chooseImportItems(actor, { importId, change: 'removed', chosen: true }))
    expect(await itemCalled(importId, 'Health')).toMatchObject({ chosen: true })
  })
})

describe('What looks alike', () => {
  test('a scheme of another type under the same name is another method, and endpoints move to it', async () => {
    const connectorId = await imported()
    const update = await updating(
      connectorId,
      shop(({ components }) => {
        components.securitySchemes.basic = { type: 'apiKey', in: 'header', name: 'X-Key' } as never
      }),
    )
    await applied(update.id)
    const { enablements } = await endpointCalled(connectorId, 'Get an order')
    const types = await db().authenticationMethod.findMany({
      where: { id: { in: enablements.map(({ methodId }) => methodId) } },
    })
    expect(types.map(({ type, name }) => `${type} ${name}`)).toEqual(['token basic 2'])
  })

  test('an operation that gets the name of one that stays keeps its own', async () => {
    const connectorId = await imported()
    const update = await updating(
      connectorId,
      shop(({ paths }) => {
        delete paths['/health']
        paths['/whoami']!.get!.summary = 'Health'
        paths['/new'] = { get: { operationId: 'new', summary: 'Health (new)', responses: {} } }
      }),
    )
    expect(await applied(update.id)).toMatchObject({ state: 'imported', failure: '' })
    expect(await endpointCalled(connectorId, 'Who am I')).toMatchObject({ url: '/whoami' })
    expect(await endpointCalled(connectorId, 'Health')).toMatchObject({ url: '/health' })
  })

  test('an endpoint of people whose key is an operation ID is not taken for it', async () => {
    const connectorId = await imported()
    const ids = { workspaceId: actor.workspaceId, connectorId }
    const { id } = await anEndpoint(ids, 'Search', { url: '/own/search' })
    await db().endpoint.updateMany({ where: { id }, data: { key: 'search' } })
    const update = await updating(
      connectorId,
      shop(({ paths }) => {
        paths['/users/search'] = { get: { operationId: 'search', summary: 'Search users', responses: {} } }
      }),
    )
    expect(await changesOf(update.id)).toEqual(['added Search users'])
  })

  test('a method of a connection document is found by its key, whatever it is called', async () => {
    const document = (name: string) => ({
      ...{ patchbay: 2, kind: 'connector', key: 'acme', name: 'Acme', baseUrl: url },
      methods: [{ key: 'token', name, type: 'token' }],
      endpoints: [{ key: 'list', name: 'List', url: '/list', accepts: ['token'] }],
    })
    const connectorId = await imported(JSON.stringify(document('Token')))
    const update = await updating(connectorId, JSON.stringify(document('API token')))
    expect(await changesOf(update.id)).toEqual(['changed API token'])
    await applied(update.id)
    const methods = await db().authenticationMethod.findMany({ where: { connectorId } })
    expect(methods.map(({ key, name }) => [key, name])).toEqual([['token', 'API token']])
  })

  test('an endpoint that people have deleted and made again is compared, not added a second time', async () => {
    const connectorId = await imported()
    await db().endpoint.deleteMany({ where: { connectorId, name: 'Health' } })
    await anEndpoint({ workspaceId: actor.workspaceId, connectorId }, 'Up?', { url: '/health' })
    const update = await updating(
      connectorId,
      shop(({ paths }) => void (paths['/health']!.get!.summary = 'Health check')),
    )
    expect(await itemCalled(update.id, 'Health check')).toMatchObject({ change: 'changed' })
  })
})

describe('A schema', () => {
  test('that a remaining one refers to stays', async () => {
    const referring = shop(({ components, paths }) => {
      Object.assign(components, {
        schemas: { Order: { properties: { customer: { $ref: '#/components/schemas/Customer' } } }, Customer: {} },
      })
      paths['/orders']!.get!.responses = {
        200: { description: 'x', content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } } },
      }
    })
    const connectorId = await imported(referring)
    await applied(
      (
        await updating(
          connectorId,
          shop(({ paths }) => void delete paths['/orders']),
        )
      ).id,
    )
    const names = (await db().connectorSchema.findMany({ where: { connectorId } })).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['Order', 'Customer']))
  })
})

describe('What the next update is compared with', () => {
  test('is stored once, and stays when old imports are deleted', async () => {
    const connectorId = await imported()
    await applied(
      (
        await updating(
          connectorId,
          shop(({ info }) => void (info.version = '3')),
        )
      ).id,
    )
    await deleteOldImports(new Date(Date.now() + 90 * 24 * 60 * 60 * 1_000))
    const owners = await db().importItem.groupBy({ by: ['importId'], where: { import: { connectorId } } })
    expect(owners).toHaveLength(1)
    const cancelled = await updating(connectorId, shop())
    valueOf(await cancelImport(actor, { importId: cancelled.id }))
    expect(
      await changesOf(
        (
          await updating(
            connectorId,
            shop(({ info }) => void (info.version = '3')),
          )
        ).id,
      ),
    ).toEqual([])
  })
})

describe('A ready-made connector', () => {
  test('has an update when its document has changed, which keeps what was changed here', async () => {
    const { id: connectorId } = valueOf(await installPreset(actor, { preset: 'github', name: 'Our GitHub' }))
    const before = await documentOf(connectorId)
    expect(valueOf(await getConnectorImport(actor, { connectorId }))).toMatchObject({ hasUpdate: false })
    // As an earlier version would have installed it: with another description, and without one endpoint.
    await sql(
      `UPDATE "Import" SET "presetHash" = 'older',
         "definition" = jsonb_set("definition"::jsonb, '{description}', '"Old."')::json WHERE "connectorId" = $1`,
      [connectorId],
    )
    await sql(`UPDATE "Connector" SET "description" = 'Old.' WHERE "id" = $1`, [connectorId])
    expect(valueOf(await getConnectorImport(actor, { connectorId }))).toMatchObject({ hasUpdate: true })
    const { id: importId } = valueOf(await updateFromPreset(actor, { connectorId }))
    await readImport({ workspaceId: actor.workspaceId, importId })
    expect(await changesOf(importId)).toEqual(['changed Connector'])
    await applied(importId)
    expect(await documentOf(connectorId)).toEqual(before)
    expect(valueOf(await getConnectorImport(actor, { connectorId }))).toMatchObject({ hasUpdate: false })
  })

  test('is the only thing that a connector is updated to without a document', async () => {
    const connectorId = await imported()
    expect(refusalOf(await updateFromPreset(actor, { connectorId })).message).toContain('not installed from')
  })
})

async function usedBy(connectorId: string, endpointId: string) {
  const method = await db().authenticationMethod.findFirstOrThrow({ where: { connectorId } })
  const ids = { workspaceId: actor.workspaceId, connectorId }
  const instance = await anInstance(ids, method.id)
  await aFlowUsing(ids, { name: 'Order sync', instanceId: instance.id, endpointId })
}
