import { beforeEach, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { PersonActor } from '@/lib/domain/access/actor'
import { getConnectorImport } from '@/lib/imports/get-connector-import'
import { importConnector } from '@/lib/imports/import-connector'
import { listImportLines } from '@/lib/imports/list-import-lines'
import { previewConnectorDocument } from '@/lib/imports/preview-connector-document'
import { workspaceDb } from '@/lib/platform/db/client'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { refusalOf, valueOf } from '@/tests/support/definition-builders'
import { sandboxOpenApi } from '@/tests/support/open-api-documents'

/** An OpenAPI document becomes a connector: its security decides which endpoints accept which method (rules R1 and R2). */

await testDatabase()

let actor: PersonActor
beforeEach(async () => void (actor = await anActor('manager')))

const shop = sandboxOpenApi('https://shop.acme.test')
const source = (document: unknown = shop) => JSON.stringify(document)
const importOf = async (document: string, name = '') => valueOf(await importConnector(actor, { document, name })).id
const preview = (document: string) => previewConnectorDocument(actor, { document, name: '' })

/** The names of the methods that each endpoint accepts. */
async function matrixOf(connectorId: string) {
  const endpoints = await workspaceDb(actor.workspaceId).endpoint.findMany({
    where: { connectorId },
    include: { enablements: { include: { method: { select: { type: true } } } } },
    orderBy: { foldedName: 'asc' },
  })
  return Object.fromEntries(
    endpoints.map(({ name, enablements }) => [name, enablements.map(({ method }) => method.type).sort()]),
  )
}

const expected = {
  'Create an order': ['token'],
  'Get an order': ['basic'],
  Health: ['none'],
  'List orders': ['basic', 'oauth2_client_credentials'],
  'List products': ['basic', 'token'],
  'Who am I': ['basic', 'token'],
}

describe('An OpenAPI document', () => {
  test('becomes a connector whose endpoints accept exactly what its security says', async () => {
    const id = await importOf(source())
    expect(await matrixOf(id)).toEqual(expected)
    const connector = await workspaceDb(actor.workspaceId).connector.findFirstOrThrow({ where: { id } })
    expect(connector).toMatchObject({ name: 'Acme Shop', versionLabel: '2.4', baseUrl: 'https://shop.acme.test' })
  })

  test('imports the same as JSON and as YAML', async () => {
    const [fromJson, fromYaml] = [await importOf(source()), await importOf(stringify(shop), 'From YAML')]
    const endpointsOf = async (connectorId: string) => {
      const rows = await workspaceDb(actor.workspaceId).endpoint.findMany({
        where: { connectorId },
        include: { parameters: true, variables: true },
        orderBy: { foldedName: 'asc' },
      })
      return JSON.stringify(
        rows.map(({ name, url, body, key, dataPath, parameters, variables }) => ({
          ...{ name, url, body, key, dataPath },
          parameters: parameters.map((parameter) => [parameter.key, parameter.value, parameter.required]),
          variables: variables.map((variable) => [variable.key, variable.options]),
        })),
      )
    }
    expect(await endpointsOf(fromYaml)).toBe(await endpointsOf(fromJson))
    expect(await matrixOf(fromYaml)).toEqual(expected)
  })

  test('is shown before it is imported, and nothing is stored', async () => {
    const shown = valueOf(await preview(source()))
    expect(shown).toMatchObject({
      ...{ format: 'OpenAPI 3.0.3', name: 'Acme Shop', versionLabel: '2.4' },
      endpoints: { total: 6 },
    })
    expect(shown.methods.map(({ type, endpoints }) => [type, endpoints])).toEqual(
      expect.arrayContaining([
        ['basic', 4],
        ['token', 3],
        ['none', 1],
        ['oauth2_client_credentials', 1],
      ]),
    )
    expect(shown.report.lines.some(({ pointer }) => pointer.startsWith('/paths/~1orders/post/requestBody'))).toBe(true)
    expect(await workspaceDb(actor.workspaceId).connector.count()).toBe(0)
  })

  test('that is long is read in a thread, with the same result', async () => {
    const paths = Object.fromEntries(
      Array.from({ length: 900 }, (_, index) => [`/things${index}`, shop.paths['/products']] as const),
    )
    const id = await importOf(source({ ...shop, paths: { ...shop.paths, ...paths } }))
    const matrix = await matrixOf(id)
    expect(Object.keys(matrix)).toHaveLength(906)
    expect(matrix).toMatchObject(expected)
  })

  test('with a name that is taken is refused, and can be imported under another', async () => {
    await importOf(source())
    const again = refusalOf(await importConnector(actor, { document: source(), name: '' }))
    expect(again).toMatchObject({ code: 'name_taken', field: 'name' })
    await importOf(source(), 'Acme Shop 2')
  })
})

describe('The import report', () => {
  test('stays with the connector, and can be searched by kind, text and pointer', async () => {
    const connectorId = await importOf(source())
    const all = valueOf(await listImportLines(actor, { connectorId }))
    expect(all.total).toBeGreaterThan(0)
    expect(valueOf(await getConnectorImport(actor, { connectorId }))).toMatchObject({
      ...{ format: 'OpenAPI 3.0.3', lines: all.total },
    })
    expect(all.items.map(({ pointer }) => pointer)).toEqual(
      valueOf(await preview(source())).report.lines.map(({ pointer }) => pointer),
    )
    const found = valueOf(await listImportLines(actor, { connectorId, q: 'PATHS/~1orders' }))
    expect(found.total).toBeGreaterThan(0)
    expect(found.items.every(({ pointer }) => pointer.includes('/paths/~1orders'))).toBe(true)
    const { kind } = all.items[0]!
    expect(valueOf(await listImportLines(actor, { connectorId, kind })).items.every((line) => line.kind === kind)).toBe(
      true,
    )
  })

  test('is read page by page, each line once', async () => {
    const callbacks = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`on${index}`, {}]))
    const document = structuredClone(shop) as unknown as { paths: Record<string, Record<string, object>> }
    document.paths['/health']!.get = { ...document.paths['/health']!.get, callbacks }
    const connectorId = await importOf(source(document))
    const ids: string[] = []
    let after = ''
    for (;;) {
      const page = valueOf(await listImportLines(actor, { connectorId, after }))
      ids.push(...page.items.map(({ id }) => id))
      if (page.nextCursor === null) break
      after = page.nextCursor
    }
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBe(valueOf(await listImportLines(actor, { connectorId })).total)
    expect(ids.length).toBeGreaterThan(100)
  })

  test('of a connection document is empty', async () => {
    const document = JSON.stringify({ patchbay: 1, kind: 'connector', name: 'Own' })
    const connectorId = await importOf(document)
    expect(valueOf(await getConnectorImport(actor, { connectorId }))).toMatchObject({
      format: 'Connection document',
      lines: 0,
    })
  })
})

describe('What is no document that can be imported', () => {
  test.each([
    [
      'a text',
      'openapi: is mentioned in this sentence',
      'neither an OpenAPI document, nor a Postman collection, nor a connection document',
    ],
    [
      'a list',
      '["openapi: 3.0.0"]',
      'neither an OpenAPI document, nor a Postman collection, nor a connection document',
    ],
    ['cut JSON', '{"openapi":"3.0.0","paths":{', 'Line 1'],
    [
      'YAML whose aliases multiply',
      `openapi: 3.0.0\na: &a [x, x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f']
        .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcde'[index]}`).join(', ')}]`)
        .join('\n')}`,
      'too many YAML aliases',
    ],
  ])('%s is refused with the reason', async (_what, document, message) => {
    const refused = refusalOf(await preview(document))
    expect(refused.field).toBe('document')
    expect(refused.message).toContain(message)
  })

  test.each([
    ['without anything', {}],
    ['with prototype keys', JSON.parse('{"paths":{"__proto__":{"get":{}},"/a":{"get":{"__proto__":{"x":1}}}}}')],
    ['with a cycle of references', { components: { schemas: { A: { $ref: '#/components/schemas/A' } } } }],
    ['with a reference to a private address', { paths: { '/a': { $ref: 'http://169.254.169.254/latest' } } }],
  ])('a document %s is imported as far as it can be read', async (_what, part) => {
    const document = source({ openapi: '3.1.0', info: { title: 'Odd' }, ...(part as object) })
    expect(valueOf(await preview(document)).name).toBe('Odd')
    await importOf(document)
  })
})
