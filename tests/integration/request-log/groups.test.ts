import { beforeAll, describe, expect, it } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { newId } from '@/lib/platform/db/new-id'
import type { RequestLogEntry } from '@/lib/request-log/entry'
import { listRequestGroups } from '@/lib/request-log/list-request-groups'
import { flushRequestLog, recordRequest } from '@/lib/request-log/record'
import { anActor } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import { aRequestLogEntry } from '@/tests/support/request-log-builders'

let database: TestDatabase
let actor: PersonActor

beforeAll(async () => {
  database = await testDatabase()
})

const [one, two, three] = [newId(), newId(), newId()]
const refused = { response: { status: 401, headers: [], body: new Uint8Array() } } satisfies Partial<RequestLogEntry>

/** Logs a line for each entry, one second after the other, with the given trace ID. */
async function log(...entries: (Partial<RequestLogEntry> & { correlationId: string })[]): Promise<void> {
  actor = await anActor('read_only')
  for (const [index, entry] of entries.entries()) {
    const durationMs = (entries.length - index) * 1_000
    recordRequest(aRequestLogEntry(actor.workspaceId, { subject: `line ${index}`, durationMs, ...entry }))
  }
  await flushRequestLog()
}

type Filter = Partial<Parameters<typeof listRequestGroups>[1]>

async function groups(filter: Filter = {}, as: Parameters<typeof listRequestGroups>[0] = actor) {
  const result = await listRequestGroups(as, { q: '', sort: '-at', after: '', ...filter })
  if (!result.ok) throw new Error(result.error.message)
  const { items, nextCursor, total } = result.value
  const shown = items.map(({ head, steps }) => [head.subject, steps.map(({ subject }) => subject)])
  return { items, shown, nextCursor, total }
}

describe('the requests of one action', () => {
  it('are one group with its steps in order, at the position of its last request', async () => {
    await log(
      { correlationId: one, purpose: 'exchange' },
      { correlationId: two },
      { correlationId: one },
      { correlationId: three },
    )
    expect((await groups()).shown).toEqual([
      ['line 3', ['line 3']],
      ['line 2', ['line 0', 'line 2']],
      ['line 1', ['line 1']],
    ])
    expect((await groups()).total).toBe(4)
    expect((await groups({ sort: 'at' })).shown.map(([head]) => head)).toEqual(['line 0', 'line 1', 'line 3'])
  })

  it('are found by any of them: the row shows the matching one, with the requests before and after it', async () => {
    await log({ correlationId: one, ...refused }, { correlationId: two }, { correlationId: one })
    const found = await groups({ status: '401' })
    expect(found.shown).toEqual([['line 0', ['line 0', 'line 2']]])
    expect(found.total).toBe(1)
    expect((await groups({ q: 'line 1' })).shown).toEqual([['line 1', ['line 1']]])
  })

  it('are limited to the last twenty, and the group says that there are more', async () => {
    await log(...Array.from({ length: 25 }, () => ({ correlationId: one })), { correlationId: two })
    const [short, long] = (await groups()).items
    expect(short).toMatchObject({ hasMore: false })
    expect(long).toMatchObject({ hasMore: true, head: { subject: 'line 24' } })
    expect(long!.steps.map(({ subject }) => subject)).toEqual(Array.from({ length: 20 }, (_, i) => `line ${i + 5}`))
  })

  it('are on one page only, wherever the page boundaries are, also at the same moment', async () => {
    const actions = Array.from({ length: 70 }, () => newId())
    // Two requests of each action, seventy lines apart, so that every page ends between two requests of an action.
    await log(...[...actions, ...actions].map((correlationId) => ({ correlationId })))
    await database.sql('update "RequestLog" set at = date_trunc(\'minute\', at) where "workspaceId" = $1', [
      actor.workspaceId,
    ])
    const first = await groups()
    const second = await groups({ after: first.nextCursor! })
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([50, 20, null])
    const seen = [...first.items, ...second.items]
    expect(new Set(seen.map(({ head }) => head.correlationId)).size).toBe(70)
    expect(seen.every(({ steps }) => steps.length === 2)).toBe(true)
  })

  it('stay on their page while others arrive', async () => {
    const actions = Array.from({ length: 60 }, () => newId())
    await log(...actions.map((correlationId) => ({ correlationId })))
    const first = await groups()
    const before = await groups({ after: first.nextCursor! })
    recordRequest(aRequestLogEntry(actor.workspaceId, { subject: 'new' }))
    await flushRequestLog()
    expect((await groups({ after: first.nextCursor! })).shown).toEqual(before.shown)
    expect((await groups()).shown[0]).toEqual(['new', ['new']])
  })
})

describe('access', () => {
  it('another workspace sees no group, not even one with the same trace ID', async () => {
    await log({ correlationId: one }, { correlationId: one })
    const owner = actor
    await log({ correlationId: one, subject: 'foreign' })
    expect((await groups()).shown).toEqual([['foreign', ['foreign']]])
    expect((await groups({}, owner)).shown).toEqual([['line 1', ['line 0', 'line 1']]])
  })

  it('a restricted key sees only the requests of its connectors in a group', async () => {
    const connectorId = newId()
    await log({ correlationId: one, connectorId }, { correlationId: one, connectorId: newId() })
    const limits = { connectorIds: [connectorId], instances: [] }
    const key = { keyId: newId(), ownerId: actor.userId, role: 'read_only' as const, label: 'key', limits }
    const seen = await groups({}, { kind: 'api_key', callOnly: false, workspaceId: actor.workspaceId, ...key })
    expect(seen.shown).toEqual([['line 0', ['line 0']]])
  })
})
