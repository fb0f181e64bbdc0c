import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '@/lib/platform/db/new-id'
import type { PersonActor } from '@/lib/domain/access/actor'
import { getRequest } from '@/lib/request-log/get-request'
import { getRequestBodies } from '@/lib/request-log/get-request-bodies'
import { listRequests } from '@/lib/request-log/list-requests'
import type { RequestLogEntry } from '@/lib/request-log/entry'
import { flushRequestLog, recordRequest } from '@/lib/request-log/record'
import { aKeyActor } from '@/tests/support/api-key-builders'
import { anActor } from '../../support/builders'
import { testDatabase, type TestDatabase } from '../../support/database'
import { aRequestLogEntry } from '../../support/request-log-builders'

let database: TestDatabase
let actor: PersonActor

beforeAll(async () => {
  database = await testDatabase()
})

async function fresh(...entries: Partial<RequestLogEntry>[]): Promise<void> {
  actor = await anActor('read_only')
  for (const [index, entry] of entries.entries()) {
    recordRequest(
      aRequestLogEntry(actor.workspaceId, {
        subject: `line ${index}`,
        durationMs: (entries.length - index) * 1_000,
        ...entry,
      }),
    )
  }
  await flushRequestLog()
}

type RequestFilter = Partial<Parameters<typeof listRequests>[1]>

async function page(filter: RequestFilter = {}, given: { q?: string; sort?: string; after?: string } = {}) {
  const result = await listRequests(actor, { ...filter, q: '', sort: '-at', after: '', ...given })
  if (!result.ok) throw new Error(result.error.message)
  return { ...result.value, subjects: result.value.items.map(({ subject }) => subject) }
}

describe('the list', () => {
  it('is newest first, or oldest first when asked', async () => {
    await fresh({}, {}, {})
    expect((await page()).subjects).toEqual(['line 2', 'line 1', 'line 0'])
    expect((await page({}, { sort: 'at' })).subjects).toEqual(['line 0', 'line 1', 'line 2'])
  })

  it('is filtered by person, connector, instance, flow, purpose and outcome', async () => {
    const [connectorId, instanceId, flowId, correlationId] = [newId(), newId(), newId(), newId()]
    const other = await anActor()
    await fresh(
      { actor: other },
      { connectorId },
      { instanceId },
      { flowId },
      { correlationId },
      { purpose: 'refresh' },
      { response: null, error: { code: 'timed_out', message: 'x' } },
    )
    expect((await page({ userId: other.userId })).subjects).toEqual(['line 0'])
    expect((await page({ userId: other.userId })).items[0]!.person).toBe(other.label)
    expect((await page({ connectorId })).subjects).toEqual(['line 1'])
    expect((await page({ instanceId })).subjects).toEqual(['line 2'])
    expect((await page({ flowId })).subjects).toEqual(['line 3'])
    expect((await page({ correlationId })).subjects).toEqual(['line 4'])
    expect((await page({ purpose: 'refresh' })).subjects).toEqual(['line 5'])
    expect((await page({ outcome: 'failed' })).subjects).toEqual(['line 6'])
    expect(await page({ outcome: 'failed', purpose: 'refresh' })).toMatchObject({ items: [], total: 0 })
  })

  it('is filtered by endpoint, and by what Patchbay sent without a person', async () => {
    const endpointId = newId()
    const person = await anActor()
    await fresh({ endpointId, actor: person }, { actor: person }, {})
    expect((await page({ endpointId })).subjects).toEqual(['line 0'])
    expect((await page({ bySystem: true })).subjects).toEqual(['line 2'])
    expect((await page({ bySystem: true, endpointId })).total).toBe(0)
  })

  it('is filtered by a status or a class of statuses, consistent with the outcome', async () => {
    const answered = (status: number) => ({ response: { status, headers: [], body: new Uint8Array() } })
    const unanswered = { response: null, error: { code: 'timed_out' as const, message: 'x' } }
    await fresh(answered(401), answered(404), answered(503), answered(302), answered(200), unanswered)
    expect((await page({ status: '401' })).subjects).toEqual(['line 0'])
    expect((await page({ status: '4xx' })).subjects).toEqual(['line 1', 'line 0'])
    expect((await page({ status: '5xx' })).subjects).toEqual(['line 2'])
    expect((await page({ status: '3xx' })).subjects).toEqual(['line 3'])
    expect((await page({ status: '2xx' })).subjects).toEqual(['line 4'])
    expect((await page({ status: '4xx', outcome: 'refused' })).total).toBe(2)
    expect((await page({ status: '4xx', outcome: 'failed' })).total).toBe(0)
    expect((await page({ outcome: 'failed' })).subjects).toEqual(['line 5', 'line 2'])
  })

  it('shows a restricted key only the lines of its connectors and instances', async () => {
    const [connectorId, instanceId] = [newId(), newId()]
    await fresh({ connectorId }, { instanceId, connectorId: newId() }, { connectorId: newId() })
    const limits = { connectorIds: [connectorId], instances: [{ id: instanceId, connectorId: newId() }] }
    const key = { keyId: newId(), ownerId: actor.userId, role: 'read_only' as const, label: 'key', limits }
    const seen = await listRequests(
      { kind: 'api_key', callOnly: false, workspaceId: actor.workspaceId, ...key },
      { q: '', sort: '-at', after: '' },
    )
    if (!seen.ok) throw new Error(seen.error.message)
    expect(seen.value.items.map(({ subject }) => subject)).toEqual(['line 1', 'line 0'])
    expect(seen.value.total).toBe(2)
  })

  it('is filtered by API key, whose lines have its name and ID', async () => {
    const owner = await anActor()
    const key = await aKeyActor(owner, { name: 'Nightly export' })
    await fresh({}, { actor: key }, { actor: await aKeyActor(owner) })
    const { items, total } = await page({ keyId: key.keyId })
    expect(total).toBe(1)
    expect(items).toMatchObject([{ subject: 'line 1', person: 'Nightly export', keyId: key.keyId }])
    expect((await page({ userId: owner.userId })).total).toBe(2)
    expect((await page()).items.map(({ keyId }) => keyId === null)).toEqual([false, false, true])
  })

  it('is filtered by time, excluding the end', async () => {
    await fresh({}, {}, {})
    const [last, middle, first] = (await page()).items
    expect((await page({ from: middle!.at })).subjects).toEqual(['line 2', 'line 1'])
    expect((await page({ to: middle!.at })).subjects).toEqual(['line 0'])
    expect((await page({ from: first!.at, to: last!.at })).subjects).toEqual(['line 1', 'line 0'])
  })

  it('is searched by names and URL, ignoring case and without wildcards', async () => {
    await fresh(
      { subject: 'Acme · UK · List orders' },
      { request: { method: 'GET', url: 'https://api.other.example/a%25b', headers: [], body: null } },
    )
    expect((await page({}, { q: 'list ORDERS' })).total).toBe(1)
    expect((await page({}, { q: 'other.example' })).total).toBe(1)
    expect((await page({}, { q: '%' })).total).toBe(1)
    expect((await page({}, { q: '_' })).total).toBe(0)
  })

  it('has pages by cursor without gaps or repeats, also among lines of the same moment', async () => {
    await fresh()
    for (let index = 0; index < 120; index += 1)
      recordRequest(aRequestLogEntry(actor.workspaceId, { subject: `${index}` }))
    await flushRequestLog()
    await database.sql('update "RequestLog" set at = date_trunc(\'minute\', at) where "workspaceId" = $1', [
      actor.workspaceId,
    ])
    const seen: string[] = []
    let after = ''
    for (let pages = 1; ; pages += 1) {
      const { subjects, nextCursor, total } = await page({}, { after })
      expect(total).toBe(120)
      seen.push(...subjects)
      if (nextCursor === null) {
        expect(pages).toBe(3)
        break
      }
      after = nextCursor
    }
    expect(new Set(seen).size).toBe(120)
    expect(seen).toHaveLength(120)
  })

  it('ignores invalid input: a malformed cursor starts at the beginning, a malformed id matches no line', async () => {
    await fresh({})
    expect((await page({}, { after: 'nonsense' })).total).toBe(1)
    expect((await page({ instanceId: "' or 1=1" })).total).toBe(0)
  })

  it('is served by its index', async () => {
    // With the few rows of a test, the planner would not use an index.
    await database.sql(
      "do $$ begin execute format('alter database %I set enable_seqscan = off', current_database()); end $$",
    )
    const plan = await database.sql(
      `explain select id from "RequestLog" where "workspaceId" = '${newId()}' order by at desc, id desc limit 51`,
    )
    expect(JSON.stringify(plan)).toContain('workspaceId_at_id')
  })
})

describe('workspaces', () => {
  it('see only their own lines, and cannot open others by their id', async () => {
    await fresh({ request: { method: 'POST', url: 'https://a.example/', headers: [], body: 'mine' } })
    const [line] = (await page()).items
    expect(await getRequestBodies(actor, { id: line!.id, at: line!.at })).toMatchObject({
      ok: true,
      value: { requestBody: 'mine' },
    })
    const foreigner = await anActor('administrator')
    expect(await getRequest(foreigner, { id: line!.id, at: line!.at })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(await getRequestBodies(foreigner, { id: line!.id, at: line!.at })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(await listRequests(foreigner, { q: '', sort: '-at', after: '' })).toMatchObject({
      ok: true,
      value: { total: 0 },
    })
  })

  it.each([
    ['nonsense', new Date().toISOString()],
    [newId(), 'nonsense'],
    [newId(), new Date().toISOString()],
  ])('the line %s at %s is not found', async (id, at) => {
    actor = await anActor()
    expect(await getRequest(actor, { id, at })).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(await getRequestBodies(actor, { id, at })).toMatchObject({ ok: false, error: { code: 'not_found' } })
  })

  it('the name of a removed person remains on their lines', async () => {
    const person = await anActor()
    await fresh({ actor: person })
    await database.sql('delete from "Membership" where "userId" = $1', [person.userId])
    expect((await page()).items[0]!.person).toBe(person.label)
  })
})
