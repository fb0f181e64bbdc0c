import { beforeEach, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { applyImport } from '@/lib/imports/apply/apply-import'
import { applyConnectorDocument } from '@/lib/imports/apply/apply-connector-document'
import { cancelImport } from '@/lib/imports/cancel-import'
import { confirmImport } from '@/lib/imports/confirm-import'
import { getConnectorDocument } from '@/lib/imports/get-connector-document'
import { getConnectorImport } from '@/lib/imports/get-connector-import'
import type { ImportView } from '@/lib/imports/import-views'
import { deleteOldImports } from '@/lib/imports/jobs/delete-old-imports'
import { readImport } from '@/lib/imports/jobs/read-import'
import { runWriteImport } from '@/lib/imports/jobs/write-import-job'
import { receiveUpload } from '@/lib/imports/receive-upload'
import { startImport } from '@/lib/imports/start-import'
import { writeImport } from '@/lib/imports/write-import'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { aKeyActor } from '@/tests/support/api-key-builders'
import { aProgram } from '@/tests/support/api-program'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { refusalOf, valueOf } from '@/tests/support/definition-builders'
import { aFlowUsing, anInstance } from '@/tests/support/endpoint-builders'
import { doImportJobs, importOf } from '@/tests/support/imports'

/** A connection document that is too long for one request is read, compared and applied by jobs. */

const { sql } = await testDatabase()

let actor: PersonActor
beforeEach(async () => void (actor = await anActor('manager')))

const endpoint = (index: number) => ({
  ...{ key: `e-${1_000 + index}`, name: `Endpoint ${index}`, url: `/things/${index}/{{ id }}` },
  ...{ description: 'x'.repeat(4_000), accepts: ['token'] },
  variables: [{ key: 'id', displayName: 'ID', required: true }],
  parameters: [{ in: 'url', key: 'q', required: false }],
  ...(index % 50 === 0 && { responseSchema: 'Thing' }),
})
const acme = {
  ...{ patchbay: 2, kind: 'connector', key: 'acme', name: 'Acme', baseUrl: 'https://api.acme.test' },
  variables: [{ key: 'shop', displayName: 'Shop' }],
  methods: [
    // Written by hand: the connector gets a variable for it.
    {
      ...{ key: 'token', name: 'Token', type: 'token' },
      parameters: [{ in: 'header', key: 'X-Region', required: false, sentWith: ['endpoint'] }],
    },
    { key: 'basic', name: 'Basic', type: 'basic' },
  ],
  endpoints: Array.from({ length: 260 }, (_, index) => endpoint(index)),
  schemas: { Thing: { type: 'object', properties: { z: true, a: {} } }, Other: true },
}
expect(JSON.stringify(acme).length).toBeGreaterThan(1_000_000)
/** The same rules for a document that is quicker to read. */
const small = { ...acme, endpoints: acme.endpoints.slice(0, 3) }

const jobOf = (importId: string) => ({ workspaceId: actor.workspaceId, importId })
const db = () => workspaceDb(actor.workspaceId)
async function* bytesOf(text: string) {
  yield Buffer.from(text)
}

/** Uploads a document, and has it compared. */
async function compared(document: object = acme, removeOthers = false): Promise<ImportView> {
  const file = { fileName: 'acme.json', applies: true, removeOthers }
  const { id } = valueOf(await receiveUpload(actor, file, bytesOf(JSON.stringify(document))))
  await readImport(jobOf(id))
  return importOf(actor, id)
}
type Asked = Omit<Parameters<typeof applyImport>[1], 'importId'>
async function applied({ id }: { id: string }, asked: Asked = {}): Promise<ImportView> {
  valueOf(await applyImport(actor, { importId: id, ...asked }))
  await runWriteImport(jobOf(id))
  return importOf(actor, id)
}
const pushed = async (document: object = acme, asked: Asked = {}, removeOthers = false) =>
  applied(await compared(document, removeOthers), asked)
const exported = async (connectorId: string | null) =>
  valueOf(await getConnectorDocument(actor, { connectorId: connectorId! }))
const listed = (changes: readonly { change: string; kind: string; key: string }[] | undefined) =>
  (changes ?? []).map(({ change, kind, key }) => `${change} ${kind} ${key}`.trim())
const shown = ({ application }: ImportView) => listed(application?.comparison?.changes)
const made = ({ application }: ImportView) => listed(application?.applied?.changes)
const none = { added: 0, changed: 0, removed: 0, left: 0 }

describe('A document that is too long for one request', () => {
  test('creates the connector, comes back as it is, changes nothing again, and then changes one endpoint', async () => {
    const read = await compared()
    expect(read).toMatchObject({ state: 'compared', connectorId: null, failure: '' })
    expect(read.application).toMatchObject({
      removeOthers: false,
      refusal: null,
      applied: null,
      comparison: { connectorId: null, key: 'acme', name: 'Acme', documentHash: null, totals: { ...none, added: 267 } },
    })
    const created = await applied(read, { expectedHash: 'none' })
    expect(created).toMatchObject({ state: 'imported', failure: '' })
    expect(created.application?.applied).toMatchObject({ key: 'acme', created: true, pendingOrigins: [] })
    const { document, documentHash } = await exported(created.connectorId)
    expect(document.length).toBeGreaterThan(1_000_000)
    expect(created.application?.applied?.documentHash).toBe(documentHash)

    const before = await rowsOf(created.connectorId!)
    const fromPull = { fileName: 'acme.yaml', applies: true }
    const { id } = valueOf(await receiveUpload(actor, fromPull, bytesOf(document)))
    await readImport(jobOf(id))
    expect((await importOf(actor, id)).application?.comparison).toMatchObject({ documentHash, totals: none })
    const again = await applied({ id }, { expectedHash: documentHash })
    expect(again.application?.applied).toMatchObject({ created: false, totals: none, changes: [], documentHash })
    expect((await pushed()).application?.applied).toMatchObject({ created: false, totals: none })
    expect(await rowsOf(created.connectorId!)).toEqual(before)

    const [first, ...rest] = acme.endpoints
    const next = await compared({ ...acme, endpoints: [{ ...first, url: '/other' }, ...rest] })
    expect(shown(next)).toEqual(['changed endpoint e-1000'])
    expect(next.application?.comparison?.changes[0]).toMatchObject({
      before: expect.stringContaining('url: /things/0/{{ id }}'),
      after: expect.stringContaining('url: /other'),
    })
    const changed = await applied(next, { expectedHash: documentHash })
    expect(made(changed)).toEqual(['changed endpoint e-1000'])
    const after = await rowsOf(created.connectorId!)
    expect(after.filter((row, index) => row !== before[index])).toHaveLength(1)
    expect((await exported(created.connectorId)).document).toBe(
      document.replace('url: /things/0/{{ id }}', 'url: /other'),
    )
  })

  test('makes the same connector as a short one that is applied at once', async () => {
    const { connectorId } = await pushed(small)
    const other = await anActor('manager')
    const { id } = valueOf(await applyConnectorDocument(other, { document: JSON.stringify(small) }))
    const atOnce = valueOf(await getConnectorDocument(other, { connectorId: id }))
    expect((await exported(connectorId)).document).toBe(atOnce.document)
  })

  test('adds, changes and removes every kind of part, like a short one', async () => {
    await pushed(small)
    const [token, basic] = small.methods
    const [list, create] = small.endpoints
    const next = {
      ...{ ...small, name: 'Acme Commerce', colour: '#123456' },
      variables: [{ key: 'shop', displayName: 'Shop name' }, { key: 'region' }],
      parameters: [{ in: 'url', key: 'client', value: '{{ region }}' }],
      methods: [
        { ...token, timeoutSeconds: 20 },
        { key: 'none', name: 'None', type: 'none' },
      ],
      endpoints: [
        { ...list, accepts: ['none', 'token'], requestSchema: 'New' },
        { key: 'new', name: 'New', url: '/new', accepts: ['token'], responseSchema: 'New' },
        create,
      ],
      schemas: { Thing: { type: 'object', title: 'Thing' }, New: true },
    }
    const kept = await compared(next)
    const expected = (absent: string) => [
      ...['changed connector acme', 'added variable region', 'changed variable shop', 'changed parameters'],
      ...[`${absent} method basic`, 'added method none', 'changed method token'],
      ...['changed endpoint e-1000', `${absent} endpoint e-1002`, 'added endpoint new'],
      ...['added schema New', `${absent} schema Other`, 'changed schema Thing'],
    ]
    const leftLast = (lines: string[]) => [
      ...lines.filter((line) => !line.startsWith('left')),
      ...lines.filter((line) => line.startsWith('left')),
    ]
    expect(shown(kept)).toEqual(leftLast(expected('left')))
    const { connectorId } = await applied(kept)
    expect(await db().endpoint.count({ where: { connectorId: connectorId! } })).toBe(4)
    expect((await compared(next)).application?.comparison?.totals).toEqual({ ...none, left: 3 })
    const removing = await pushed(next, {}, true)
    expect(made(removing)).toEqual(['removed method basic', 'removed endpoint e-1002', 'removed schema Other'])
    expect((await compared(next, true)).application?.comparison?.totals).toEqual(none)
    const [line] = await systemDb().auditLog.findMany({
      where: { objectId: connectorId!, action: 'apply_connector_document' },
      orderBy: { at: 'asc' },
    })
    expect(line).toMatchObject({ userId: actor.userId, objectName: 'Acme Commerce' })
    expect(line!.changes).toMatchObject({
      fields: expect.arrayContaining([{ field: 'schema', how: 'changed', names: ['Thing'] }]),
    })
    // A method that the document contains again is written after the one that is removed.
    const back = await pushed({ ...small, methods: [token, basic] }, {}, true)
    expect(back.failure).toBe('')
    expect((await exported(connectorId)).document).not.toContain('Commerce')
  })

  test('notes the repository, and is no import of the connector', async () => {
    const managedBy = { repository: 'https://git.acme.test/connectors', path: 'acme.yaml', commit: 'abc' }
    const { id, connectorId, application } = await pushed(small, { managedBy })
    const row = await db().connector.findFirstOrThrow({ where: { id: connectorId! } })
    expect(row.managedBy).toMatchObject({ ...managedBy, documentHash: application?.applied?.documentHash })
    expect(valueOf(await getConnectorImport(actor, { connectorId: connectorId! }))).toBeNull()
    expect(await systemDb().importItem.count({ where: { importId: id } })).toBe(0)
    await deleteOldImports(new Date(Date.now() + 25 * 3_600_000))
    expect(await systemDb().import.count({ where: { id } })).toBe(0)
    expect(await db().connector.count()).toBe(1)
  })
})

describe('Applying is refused, and nothing changes,', () => {
  test('if the connector has another hash, with the differences', async () => {
    const { connectorId } = await pushed(small)
    const { documentHash } = await exported(connectorId)
    const next = await compared({ ...small, description: 'New' })
    const refused = await applied(next, { expectedHash: 'f'.repeat(64) })
    expect(refused).toMatchObject({
      state: 'compared',
      failure: expect.stringMatching(/^“Acme” has changed since this document was read/),
      application: { refusal: 'changed_by_someone_else', applied: null },
    })
    expect(shown(refused)).toEqual(['changed connector acme'])
    expect((await applied(next, { expectedHash: 'none' })).application?.refusal).toBe('changed_by_someone_else')
    expect((await exported(connectorId)).documentHash).toBe(documentHash)
    // The same import can be applied after all.
    expect(made(await applied(next, { expectedHash: documentHash }))).toEqual(['changed connector acme'])
  })

  test('if there is no such connector, although there should be', async () => {
    const refused = await pushed(small, { expectedHash: 'f'.repeat(64) })
    expect(refused).toMatchObject({ state: 'compared', application: { refusal: 'not_found' } })
    expect(await db().connector.count()).toBe(0)
  })

  test.each([
    ['an endpoint', { endpoints: [{ ...small.endpoints[0], name: 'Changed' }, ...small.endpoints.slice(1)] }],
    ['a schema', { schemas: { ...small.schemas, Thing: { type: 'string' } } }],
    ['the colour', { colour: '#abcdef' }],
  ])('if %s was changed after it was compared', async (_what, change) => {
    const { connectorId } = await pushed(small)
    const { documentHash } = await exported(connectorId)
    const next = await compared({ ...small, description: 'New' })
    valueOf(await applyConnectorDocument(actor, { document: JSON.stringify({ ...small, ...change }) }))
    const between = await exported(connectorId)
    expect(between.documentHash).not.toBe(documentHash)
    const refused = await applied(next, { expectedHash: documentHash })
    expect(refused.application).toMatchObject({ refusal: 'changed_by_someone_else', applied: null })
    // What it would change now is shown.
    expect(shown(refused)).toHaveLength('colour' in change ? 1 : 2)
    expect((await exported(connectorId)).documentHash).toBe(between.documentHash)
  })

  test.each([
    ['was changed', { description: 'Between' }],
    ['got the key', null],
  ])('if the connector %s after the job had compared it', async (_what, between) => {
    if (between !== null) await pushed(small)
    const { id } = await compared({ ...small, name: 'Late' })
    valueOf(await applyImport(actor, { importId: id }))
    valueOf(await applyConnectorDocument(actor, { document: JSON.stringify({ ...small, ...between }) }))
    expect(refusalOf(await writeImport(actor, { importId: id })).code).toBe('changed_by_someone_else')
    expect(await db().connector.findMany({ select: { name: true } })).toEqual([{ name: 'Acme' }])
    // Without a hash that it is based on, the job compares again and applies.
    await runWriteImport(jobOf(id))
    expect(await db().connector.findMany({ select: { name: true } })).toEqual([{ name: 'Late' }])
  })

  test('unless the change between does not concern the document', async () => {
    const { connectorId } = await pushed(small)
    const { documentHash } = await exported(connectorId)
    const next = await compared({ ...small, description: 'New' })
    await sql(`UPDATE "Connector" SET "generation" = "generation" + 1 WHERE "id" = $1`, [connectorId])
    expect((await applied(next, { expectedHash: documentHash })).state).toBe('imported')
  })

  test('if another connector got the key in the meantime', async () => {
    const next = await compared(small)
    valueOf(await applyConnectorDocument(actor, { document: JSON.stringify({ ...small, description: 'First' }) }))
    const refused = await applied(next, { expectedHash: 'none' })
    expect(refused.application?.refusal).toBe('changed_by_someone_else')
    expect(shown(refused)).toEqual(['changed connector acme'])
    expect(await db().connector.findMany({ select: { description: true } })).toEqual([{ description: 'First' }])
  })

  test('if its name is taken', async () => {
    valueOf(await applyConnectorDocument(actor, { document: JSON.stringify({ ...small, key: 'other' }) }))
    const refused = await pushed(small)
    expect(refused).toMatchObject({ state: 'compared', application: { refusal: 'name_taken' } })
    expect(await db().connector.count()).toBe(1)
  })

  test('until its question is confirmed, and always while a flow uses what is removed', async () => {
    const { connectorId } = await pushed(small)
    const ids = { workspaceId: actor.workspaceId, connectorId: connectorId! }
    const method = await db().authenticationMethod.findFirstOrThrow({ where: { key: 'token' } })
    const used = await db().endpoint.findFirstOrThrow({ where: { key: 'e-1000' } })
    const { id: instanceId } = await anInstance(ids, method.id)
    await aFlowUsing(ids, { name: 'Nightly', instanceId, endpointId: used.id })
    const [list, ...rest] = small.endpoints
    const without = await compared({ ...small, endpoints: [{ ...list, accepts: ['basic'] }, ...rest] })
    const asked = await applied(without)
    expect(asked).toMatchObject({
      ...{ state: 'compared', failure: expect.stringContaining('Nightly') },
      application: { refusal: 'confirmation_needed', applied: null },
    })
    const accepting = () => db().enablement.count({ where: { endpointId: used.id, methodId: method.id } })
    expect(await accepting()).toBe(1)
    expect(made(await applied(without, { confirmed: true }))).toEqual(['changed endpoint e-1000'])
    expect(await accepting()).toBe(0)
    const removing = await pushed({ ...small, endpoints: rest }, { confirmed: true }, true)
    expect(removing.application?.refusal).toBe('in_use')
    expect(removing.failure).toMatch(/^Endpoint “Endpoint 0”: .*Nightly/)
    expect(await db().endpoint.count()).toBe(3)
  })

  test('of new addresses for credentials: they wait for an administrator', async () => {
    const { connectorId } = await pushed(small)
    const method = await db().authenticationMethod.findFirstOrThrow({ where: { key: 'token' } })
    await anInstance({ workspaceId: actor.workspaceId, connectorId: connectorId! }, method.id)
    const { application } = await pushed({ ...small, baseUrl: 'https://api.other.test' })
    expect(application?.applied?.pendingOrigins).toEqual(['https://api.other.test'])
  })

  test('in another workspace, to a limited key, and to a person who may not change connectors', async () => {
    const { id: importId } = await compared(small)
    const other = await anActor('manager')
    expect(refusalOf(await applyImport(other, { importId })).code).toBe('not_found')
    const limited = await aKeyActor(actor, { role: 'manager', limits: { connectorIds: [] } })
    expect(refusalOf(await applyImport(limited, { importId })).code).toBe('not_allowed')
    expect(refusalOf(await applyImport({ ...actor, role: 'user' }, { importId })).code).toBe('not_allowed')
    const key = await aKeyActor(actor, { role: 'manager' })
    valueOf(await applyImport(key, { importId }))
    await systemDb().apiKey.updateMany({ data: { revokedAt: new Date() } })
    await runWriteImport(jobOf(importId))
    expect((await importOf(actor, importId)).application?.refusal).toBe('not_allowed')
    expect(await db().connector.count()).toBe(0)
  })
})

describe('An import that applies its document', () => {
  test('is not chosen from, and does not also update a connector', async () => {
    const { id: importId } = await compared(small)
    expect(refusalOf(await confirmImport(actor, { importId })).code).toBe('invalid_input')
    const both = { text: '{}', applies: true, updates: importId }
    expect(refusalOf(await startImport(actor, both)).field).toBe('applies')
    expect(refusalOf(await startImport(actor, { text: '{}', removeOthers: true })).field).toBe('applies')
    valueOf(await startImport(actor, { text: JSON.stringify(small), applies: true }))
    await doImportJobs(actor.workspaceId)
    expect(await systemDb().import.count({ where: { workspaceId: actor.workspaceId, state: 'compared' } })).toBe(2)
  })

  test('that is cancelled leaves nothing, and is not applied', async () => {
    const { id: importId } = await compared(small)
    valueOf(await cancelImport(actor, { importId }))
    expect(refusalOf(await applyImport(actor, { importId })).message).toMatch(/cannot be applied now/)
    expect(await importOf(actor, importId)).toMatchObject({ state: 'cancelled', application: { comparison: null } })
    expect(await systemDb().importItem.count({ where: { importId } })).toBe(0)
  })

  test('whose job was killed is done again, once, and gives up after the third time', async () => {
    const { id } = await compared(small)
    valueOf(await applyImport(actor, { importId: id }))
    // It is too late to cancel it.
    expect(refusalOf(await cancelImport(actor, { importId: id })).code).toBe('invalid_input')
    await systemDb().import.update({ where: { id }, data: { attempt: 1 } })
    await Promise.all([runWriteImport(jobOf(id)), runWriteImport(jobOf(id))])
    await runWriteImport(jobOf(id))
    expect((await importOf(actor, id)).state).toBe('imported')
    expect(await db().connector.count()).toBe(1)

    const { id: hopeless } = await compared({ ...small, description: 'New' })
    valueOf(await applyImport(actor, { importId: hopeless }))
    await systemDb().import.update({ where: { id: hopeless }, data: { attempt: 3 } })
    await runWriteImport(jobOf(hopeless))
    expect(await importOf(actor, hopeless)).toMatchObject({
      ...{ state: 'compared', failure: expect.stringMatching(/interrupted several times/) },
      application: { refusal: 'unavailable' },
    })
    expect(made(await applied({ id: hopeless }))).toEqual(['changed connector acme'])
  })

  test('that fails in the middle changes nothing, and works when it is done again', async () => {
    const { connectorId } = await pushed(small)
    const { documentHash } = await exported(connectorId)
    const { id } = await compared({ ...small, description: 'New', schemas: { ...small.schemas, More: true } })
    valueOf(await applyImport(actor, { importId: id }))
    await sql(
      `ALTER TABLE "AuditLog" ADD CONSTRAINT "full_disk" CHECK ("action" <> 'apply_connector_document') NOT VALID`,
    )
    await expect(runWriteImport(jobOf(id))).rejects.toThrow(/full_disk/)
    await sql('ALTER TABLE "AuditLog" DROP CONSTRAINT "full_disk"')
    expect((await exported(connectorId)).documentHash).toBe(documentHash)
    await runWriteImport(jobOf(id))
    expect(made(await importOf(actor, id))).toEqual(['changed connector acme', 'added schema More'])
  })

  test.each([
    ['that is nested too deeply', `{"a":${'['.repeat(2_000_000)}`, /nested too deeply|not valid JSON/],
    ['with a schema that is nested too deeply', deepSchema(20_000), /nested too deeply/],
    ['of another kind', JSON.stringify({ openapi: '3.1.0', info: { title: 'A', version: '1' } }), /Only a connection/],
    ['that is no document', 'hello', /neither/],
  ])('fails with a document %s', async (_what, text, message) => {
    const { id } = valueOf(await receiveUpload(actor, { fileName: 'a.json', applies: true }, bytesOf(text)))
    await readImport(jobOf(id))
    expect(await importOf(actor, id)).toMatchObject({ state: 'failed', failure: expect.stringMatching(message) })
  })

  test('lists the first differences, counts all, and makes all in a connector that exists', async () => {
    const { connectorId } = await pushed(small)
    const endpoints = Array.from({ length: 1_500 }, (_, index) => ({ ...endpoint(index), description: '' }))
    const next = await compared({ ...small, endpoints })
    const { comparison } = next.application!
    expect(comparison?.totals).toEqual({ ...none, added: 1_497, changed: 3 })
    expect(comparison?.changes).toHaveLength(1_000)
    expect(comparison?.changes.filter(({ after }) => after !== null)).toHaveLength(200)
    const { application } = await applied(next)
    expect(application?.applied?.totals).toEqual(comparison?.totals)
    expect(application?.applied?.changes).toHaveLength(1_000)
    const where = { connectorId: connectorId! }
    expect(await db().endpoint.count({ where })).toBe(1_500)
    expect(await db().enablement.count({ where })).toBe(1_500)
    expect(await db().variable.count({ where: { ...where, endpoint: { key: 'e-2499' } } })).toBe(1)
    expect((await compared({ ...small, endpoints })).application?.comparison?.totals).toEqual(none)
  })
})

describe('A program', () => {
  test('uploads a document of any kind as the body of one request', async () => {
    const program = await aProgram(actor, { role: 'manager' })
    const openApi = { openapi: '3.1.0', info: { title: 'A', version: '1' }, paths: {} }
    const octets = { 'content-type': 'application/octet-stream' }
    const sent = await program.send('POST', '/imports/file?fileName=a.json', {
      body: JSON.stringify(openApi),
      headers: octets,
    })
    expect(sent.status).toBe(200)
    await doImportJobs(actor.workspaceId)
    const { id } = sent.body as { id: string }
    expect(await importOf(actor, id)).toMatchObject({ state: 'ready', source: 'file', sourceName: 'a.json' })
    const refused = [
      await program.send('POST', '/imports/file?fileName=a.json&applies=maybe', { body: '{}', headers: octets }),
      await program.send('POST', `/imports/file?applies=true&updates=${id}`, { body: '{}', headers: octets }),
      await program.send('POST', '/imports/file?updates=nothing', { body: '{}', headers: octets }),
      await program.send('POST', '/imports/file', { headers: octets }),
      await (await aProgram(actor, { role: 'user' })).send('POST', '/imports/file', { body: '{}', headers: octets }),
      await (
        await aProgram(actor, { role: 'manager', limits: { connectorIds: [] } })
      ).send('POST', '/imports/file', { body: '{}', headers: octets }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([422, 422, 404, 422, 403, 403])
    expect(await systemDb().import.count({ where: { workspaceId: actor.workspaceId, open: true } })).toBe(1)
  })

  test('is refused a file of more than 100 MB while it arrives, and nothing of it stays', async () => {
    const piece = Buffer.alloc(1024 * 1024, 32)
    let given = 0
    async function* endless() {
      for (; given < 200; given += 1) yield piece
    }
    const refusal = refusalOf(await receiveUpload(actor, { fileName: 'a.json', applies: true }, endless()))
    expect(refusal.code).toBe('request_too_large')
    expect(given).toBeLessThan(110)
    const importIds = (await db().import.findMany({ select: { id: true } })).map(({ id }) => id)
    expect(await systemDb().importChunk.count({ where: { importId: { in: importIds } } })).toBe(0)
  })
})

function deepSchema(depth: number): string {
  const schema = `${'{"items":'.repeat(depth)}true${'}'.repeat(depth)}`
  return `{"patchbay":2,"kind":"connector","name":"Deep","schemas":{"A":${schema}}}`
}

/** Everything that is stored of a connector's endpoints, as texts. */
async function rowsOf(connectorId: string): Promise<string[]> {
  const rows = await systemDb().endpoint.findMany({
    where: { connectorId },
    include: { variables: true, parameters: true, enablements: true },
    orderBy: { key: 'asc' },
  })
  return rows.map((row) => JSON.stringify(row))
}
