import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { cancelImport } from '@/lib/imports/cancel-import'
import { deleteOldImports } from '@/lib/imports/jobs/delete-old-imports'
import { readImport } from '@/lib/imports/jobs/read-import'
import { listImportItems } from '@/lib/imports/list-import-items'
import { listImportReport } from '@/lib/imports/list-import-report'
import { startImport } from '@/lib/imports/start-import'
import { parseAllowList } from '@/lib/platform/http/egress-policy'
import { resolveHost } from '@/lib/platform/http/resolve-host'
import { systemDb } from '@/lib/platform/db/client'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { refusalOf, valueOf } from '@/tests/support/definition-builders'
import { importOf, readFile, uploaded, written } from '@/tests/support/imports'
import { zipFile } from '@/tests/support/zip-file'

/** Documents that are meant to do harm: they are refused, or read within the limits, with a sentence. */

const { sql } = await testDatabase()

let actor: PersonActor
beforeEach(async () => void (actor = await anActor('manager')))

const openApi = (more: object) => ({ openapi: '3.1.0', info: { title: 'Odd', version: '1' }, ...more })
const ok = { get: { summary: 'Read', responses: { 200: { description: 'OK' } } } }
/** The processes of this one that read an import. */
function readers(): { id: number; command: string }[] {
  const listed = execFileSync('ps', ['-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' }).split('\n')
  return listed.flatMap((line) => {
    const [id, parent, state = '', ...command] = line.trim().split(/\s+/)
    const isReader = parent === String(process.pid) && !state.startsWith('Z') && line.includes('import-process')
    return isReader ? [{ id: Number(id), command: command.join(' ') }] : []
  })
}
const firstReader = () => vi.waitUntil(() => readers()[0], { timeout: 10_000, interval: 20 })
const failureOf = async (content: string | Uint8Array) => {
  const { state, failure } = await readFile(actor, content)
  expect(state).toBe('failed')
  return failure
}
const reportOf = async (importId: string) => valueOf(await listImportReport(actor, { importId })).items
const namesOf = async (importId: string) =>
  valueOf(await listImportItems(actor, { importId })).items.map(({ name }) => name)

describe('What is no document fails with a sentence', () => {
  test.each([
    ['a PDF', Buffer.from('%PDF-1.7\n%\u00e2\u00e3'), /^This is a PDF\. Choose an OpenAPI document/],
    ['a page', '<!DOCTYPE html><html></html>', /^This is an HTML page\./],
    ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]), /^This is an image\./],
    ['binary data', Buffer.from([1, 2, 0, 4]), /^This is no text\./],
    [
      'a text',
      'Dear openapi: team, what is this?',
      /^This is neither an OpenAPI document, nor a Postman collection, nor/,
    ],
    ['broken YAML', 'openapi: 3.1.0\npaths: [', /^Line \d+, column \d+ of the document: not valid JSON or YAML\./],
    ['only an empty line', '\n', /^This is neither/],
  ])('%s', async (_what, content, sentence) => {
    expect(await failureOf(content)).toMatch(sentence)
  })
})

describe('A document within the limits is read as far as possible', () => {
  test.each([
    [
      'with a cycle of references',
      { components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } } },
    ],
    [
      'with prototype keys',
      { constructor: { prototype: { polluted: true } }, components: { schemas: { __proto__: {} } } },
    ],
    ['with texts of 1 MB', { 'x-long': 'x'.repeat(1_000_000), tags: [{ name: 'y'.repeat(1_000_000) }] }],
    ['with a reference to a file of the server', { 'x-a': { $ref: 'file:///etc/passwd' } }],
  ])('%s', async (_what, part) => {
    const read = await readFile(actor, JSON.stringify(openApi({ paths: { '/a': ok }, ...part })))
    expect(read).toMatchObject({ state: 'ready', endpoints: { total: 1 } })
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  test('with characters that the database cannot store: in a schema they stay, elsewhere they are replaced', async () => {
    const properties = { 'n\0\ud800': { type: 'string', pattern: '[^\u0000-\u001f\udc00]' } }
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/Odd' } } }
    const odd = {
      tags: ['T\0\udfff'],
      operationId: 'read\0\ud800',
      summary: 'Odd',
      parameters: [{ $ref: '#/x\0\ud800' }],
      responses: { 200: { description: 'OK', content } },
    }
    const document = {
      ...openApi({ paths: { '/a\0/\ud800': { get: odd }, '/b': { get: { ...odd, summary: 'Even' } } } }),
      components: { schemas: { Odd: { type: 'object', properties } } },
      openapi: '3.1.0\0\ud800',
    }
    const read = await readFile(actor, JSON.stringify(document))
    expect(read).toMatchObject({ state: 'ready', format: 'OpenAPI 3.1.0\ufffd\ufffd' })
    expect(read.lines).toBeGreaterThan(0)
    const { connectorId } = await written(actor, read.id)
    const where = { connectorId: connectorId! }
    expect(await systemDb().connectorSchema.findMany({ where, select: { name: true, schema: true } })).toEqual([
      { name: 'Odd', schema: expect.objectContaining({ properties }) },
    ])
  })

  test('a million paths: the first 25,000, and a line says how many are left out', async () => {
    const parts = [`{"openapi":"3.1.0","info":{"title":"Odd","version":"1"},"paths":{`]
    for (let index = 0; index < 1_000_000; index += 1) parts.push(`"/p/${index}":{"get":{}},`)
    parts.push('"/last":{"get":{}}}}')
    const read = await readFile(actor, parts.join(''))
    expect(read).toMatchObject({ state: 'ready', endpoints: { total: 25_000 } })
    expect((await reportOf(read.id)).map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/at most 25,000 endpoints, so 975,001 operations were left out/),
    )
  }, 240_000)

  test('YAML whose aliases multiply it is refused', async () => {
    const levels = Array.from({ length: 12 }, (_, level) =>
      level === 0
        ? `a0: &a0 [${Array(10).fill('x').join(',')}]`
        : `a${level}: &a${level} [${Array(10)
            .fill(`*a${level - 1}`)
            .join(',')}]`,
    )
    expect(await failureOf(`openapi: 3.1.0\n${levels.join('\n')}\n`)).toMatch(/too many YAML aliases/)
  }, 60_000)

  test('what needs more memory than its process may have fails, and the next import is read', async () => {
    const deep = `{"openapi":"3.1.0","x":[${Array(9_000_000).fill('{}').join(',')}]}`
    expect(await failureOf(deep)).toMatch(/needs more memory than an import may use/)
    expect(await readFile(actor, JSON.stringify(openApi({ paths: { '/a': ok } })))).toMatchObject({ state: 'ready' })
  }, 120_000)

  // How V8 ends a process whose heap is full; it ends more than a thread too.
  test('ends nothing but its own process', async () => {
    const importId = await uploaded(actor, JSON.stringify(openApi({ paths: { '/a': ok } })))
    const reading = readImport({ workspaceId: actor.workspaceId, importId })
    process.kill((await firstReader()).id, 'SIGABRT')
    await reading
    expect(await importOf(actor, importId)).toMatchObject({
      ...{ state: 'failed', failure: expect.stringMatching(/needs more memory than an import may use/) },
    })
  }, 60_000)

  test('is read by a process that ends: with the result, at the limit of time, and after a cancel', async () => {
    const source = JSON.stringify(openApi({ paths: { '/a': ok } }))
    const noneLeft = () => vi.waitUntil(() => readers().length === 0, { timeout: 5_000, interval: 20 })
    await readFile(actor, source)
    await noneLeft()
    expect(await readFile(actor, source, { limitMs: 1 })).toMatchObject({ state: 'failed' })
    await noneLeft()
    const importId = await uploaded(actor, source)
    const reading = readImport({ workspaceId: actor.workspaceId, importId })
    await firstReader()
    valueOf(await cancelImport(actor, { importId }))
    await reading
    await noneLeft()
  }, 60_000)

  test('is read again if its process is ended for another reason', async () => {
    const importId = await uploaded(actor, JSON.stringify(openApi({ paths: { '/a': ok } })))
    const reading = readImport({ workspaceId: actor.workspaceId, importId })
    process.kill((await firstReader()).id, 'SIGTERM')
    await expect(reading).rejects.toThrow('ended with SIGTERM')
    await readImport({ workspaceId: actor.workspaceId, importId })
    expect(await importOf(actor, importId)).toMatchObject({ state: 'ready' })
  }, 60_000)
})

describe('A zip file', () => {
  const main = JSON.stringify(openApi({ paths: { '/a': { $ref: 'paths/a.yaml' }, '/b': { $ref: './paths/b.json' } } }))

  test('is one document of several files, whose references are followed inside it', async () => {
    const read = await readFile(
      actor,
      zipFile([
        { name: 'api/openapi.json', content: main },
        { name: 'api/paths/a.yaml', content: 'get:\n  summary: From YAML\n  responses: {}\n' },
        { name: 'api/paths/b.json', content: JSON.stringify({ get: { summary: 'From JSON', responses: {} } }) },
        { name: 'api/logo.png', content: Buffer.from([0x89]) },
        { name: '__MACOSX/api/openapi.json', content: 'x' },
      ]),
    )
    expect(read).toMatchObject({ state: 'ready', name: 'Odd' })
    expect(await namesOf(read.id)).toEqual(['From YAML', 'From JSON'])
  })

  test('may have broken files that only mention a document', async () => {
    const read = await readFile(
      actor,
      zipFile([
        { name: 'site.yml', content: 'pages:\n  openapi: [' },
        { name: 'README', content: 'openapi: [' },
        { name: 'api/openapi.json', content: JSON.stringify(openApi({ paths: { '/a': ok } })) },
      ]),
    )
    expect(read).toMatchObject({ state: 'ready', name: 'Odd' })
  })

  test('reports references that lead out of it', async () => {
    const out = openApi({ paths: { '/a': ok, '/b': { $ref: '../../etc/passwd' } } })
    const read = await readFile(actor, zipFile([{ name: 'openapi.json', content: JSON.stringify(out) }]))
    expect(await reportOf(read.id)).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/is another file, which is not part of this import/) }),
    )
  })

  test.each([
    ['with ../', [{ name: '../openapi.json', content: main }], /leads out of it/],
    ['with an absolute path', [{ name: '/openapi.json', content: main }], /leads out of it/],
    ['that is encrypted', [{ name: 'openapi.json', content: main, encrypted: true }], /is encrypted/],
    [
      'with 5,001 files',
      Array.from({ length: 5_001 }, (_, index) => ({ name: `${index}.json`, content: '{}' })),
      /has 5,001 files\. At most 5,000/,
    ],
    [
      'that lies about its sizes',
      [{ name: 'a.json', content: main.repeat(50), claimedSize: 10 }],
      /larger than 200 MB/,
    ],
    [
      'with a broken document',
      [{ name: 'openapi.yaml', content: 'openapi: 3.1.0\npaths: [' }],
      /^Line \d+, column \d+ of the file openapi\.yaml: not valid JSON or YAML\./,
    ],
    [
      'with a broken document above another one',
      [
        { name: 'openapi.json', content: main.slice(0, -10) },
        { name: 'old/openapi.json', content: main },
      ],
      /of the file openapi\.json: not valid/,
    ],
    ['without a document', [{ name: 'a.json', content: '{}' }], /No file in this zip file/],
    [
      'with two documents',
      [
        { name: 'one.json', content: main },
        { name: 'two.json', content: main },
      ],
      /has several documents: one\.json, two\.json/,
    ],
  ])('%s is refused', async (_what, entries, sentence) => {
    expect(await failureOf(zipFile(entries))).toMatch(sentence)
  })

  test('that unpacks to more than 200 MB is refused while it is unpacked', async () => {
    const content = Buffer.alloc(120 * 1024 * 1024, 0x20)
    expect(
      await failureOf(
        zipFile([
          { name: 'one.json', content },
          { name: 'two.json', content },
        ]),
      ),
    ).toMatch(/larger than 200 MB/)
  }, 60_000)

  test('that is cut off is refused', async () => {
    expect(await failureOf(zipFile([{ name: 'openapi.json', content: main }]).subarray(0, 60))).toMatch(/is damaged/)
  })
})

describe('An address', () => {
  const files: Record<string, [status: number, body: string | Buffer, headers?: Record<string, string>]> = {}
  const server = createServer(({ url = '' }, response) => {
    const [status, body, headers = {}] = files[url.split('?')[0]!] ?? [404, 'no']
    response.writeHead(status, headers).end(body)
  })
  let base = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())

  const started = async (path: string) => valueOf(await startImport(actor, { url: `${base}${path}` })).id
  async function read(importId: string, isAllowed = true) {
    const { port } = new URL(base)
    const allowed = parseAllowList(isAllowed ? [`127.0.0.1:${port}`] : [])
    const network = { policy: { ...allowed, loopbackOpen: false, own: [] }, resolve: resolveHost }
    await readImport({ workspaceId: actor.workspaceId, importId }, { network })
    return importOf(actor, importId)
  }
  const readAddress = async (path: string, isAllowed = true) => read(await started(path), isAllowed)

  test('is loaded with the files that it refers to, and its query is forgotten', async () => {
    const paths = { '/a': { $ref: 'parts/a.yaml' }, '/b': { $ref: '/missing.json' } }
    files['/v1/openapi.json'] = [200, gzipSync(JSON.stringify(openApi({ paths }))), { 'content-encoding': 'gzip' }]
    files['/v1/parts/a.yaml'] = [200, 'get:\n  summary: Loaded\n  responses: {}\n']
    const reading = readAddress('/v1/openapi.json?token=5ecret')
    // Every user of the machine sees the arguments of a process.
    expect((await firstReader()).command).not.toContain('5ecret')
    const read = await reading
    expect(read).toMatchObject({ state: 'ready', source: 'url', sourceName: `${base}/v1/openapi.json` })
    expect(await namesOf(read.id)).toEqual(['Loaded'])
    expect(await reportOf(read.id)).toContainEqual(
      expect.objectContaining({ message: `${base}/missing.json responded with status 404.` }),
    )
  })

  test('leaves the queries of its files nowhere, also if it is cancelled or never read', async () => {
    const query = 'token=5ecret'
    const rowsOf = async (importId: string) => {
      const where = { importId }
      const row = await systemDb().import.findUniqueOrThrow({ where: { id: importId } })
      const [items, lines] = [
        await systemDb().importItem.findMany({ where }),
        await systemDb().importLine.findMany({ where }),
      ]
      return JSON.stringify([row, items, lines], (_key, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      )
    }
    const paths = Object.fromEntries(
      ['part', 'none', 'broken', 'part2#/nothing', 'part2#anchor'].map((reference) => {
        const [file, ...fragment] = reference.split('#')
        return [`/${reference}`, { $ref: [`${file}.yaml?${query}`, ...fragment].join('#') }]
      }),
    )
    files['/q/openapi.json'] = [200, JSON.stringify(openApi({ paths: { ...paths, '/a': ok } }))]
    files['/q/part.yaml'] = [200, 'get:\n  summary: 7\n  parameters: 7\n  responses: {}\n']
    files['/q/part2.yaml'] = [200, '{}']
    files['/q/broken.yaml'] = [200, 'a: [']
    const loaded = await readAddress(`/q/openapi.json?${query}`)
    expect(loaded.state).toBe('ready')
    expect(await reportOf(loaded.id)).toContainEqual(
      expect.objectContaining({ pointer: `${base}/q/part.yaml#/get/parameters` }),
    )
    const [cancelled, old] = [await started(`/a?${query}`), await started(`/a?${query}`)]
    valueOf(await cancelImport(actor, { importId: cancelled }))
    await deleteOldImports(new Date(Date.now() + 25 * 3_600_000))
    expect(await importOf(actor, old)).toMatchObject({ state: 'failed', sourceName: `${base}/a` })
    for (const id of [loaded.id, cancelled, old]) expect(await rowsOf(id)).not.toContain('5ecret')
  })

  test('is not to blame if the database cannot store its document: it is read again', async () => {
    files['/stored.json'] = [200, JSON.stringify(openApi({ paths: { '/a': ok } }))]
    const id = await started('/stored.json')
    await sql('ALTER TABLE "ImportChunk" ADD CONSTRAINT "full_disk" CHECK (false) NOT VALID')
    await expect(read(id)).rejects.toThrow(/full_disk/)
    await sql('ALTER TABLE "ImportChunk" DROP CONSTRAINT "full_disk"')
    expect(await importOf(actor, id)).toMatchObject({ state: 'reading', failure: '' })
    expect(await read(id)).toMatchObject({ state: 'ready', endpoints: { total: 1 } })
  })

  test('that the outbound policy refuses is not asked', async () => {
    files['/private.json'] = [200, JSON.stringify(openApi({}))]
    const { state, failure } = await readAddress('/private.json', false)
    expect(state).toBe('failed')
    expect(failure).toMatch(/127\.0\.0\.1/)
  })

  test('cannot lead references to a private address', async () => {
    files['/openapi.json'] = [
      200,
      JSON.stringify(openApi({ paths: { '/a': ok, '/b': { $ref: 'http://169.254.169.254/latest' } } })),
    ]
    const read = await readAddress('/openapi.json')
    expect(read).toMatchObject({ state: 'ready', endpoints: { total: 1 } })
    expect(await reportOf(read.id)).toContainEqual(
      expect.objectContaining({ kind: 'invalid', message: expect.stringContaining('169.254.169.254') }),
    )
  })

  test('that does not respond with a document fails with the status', async () => {
    expect(await readAddress('/none')).toMatchObject({
      state: 'failed',
      failure: `${base}/none responded with status 404, so there is no document to read. Check the address.`,
    })
  })

  test('is either http or https, without a password', async () => {
    for (const url of ['file:///etc/passwd', 'https://user:pass@api.acme.test/openapi.json', 'no address'])
      expect(refusalOf(await startImport(actor, { url })).field).toBe('url')
  })
})
