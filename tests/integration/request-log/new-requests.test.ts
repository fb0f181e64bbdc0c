import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { newId } from '@/lib/platform/db/new-id'
import { countNewRequests } from '@/lib/request-log/count-new-requests'
import type { RequestLogEntry } from '@/lib/request-log/entry'
import { knownUntil } from '@/lib/request-log/known-until'
import { listRequestGroups } from '@/lib/request-log/list-request-groups'
import { flushRequestLog, recordRequest } from '@/lib/request-log/record'
import { anActor } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import { aRequestLogEntry } from '@/tests/support/request-log-builders'

let actor: PersonActor

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
beforeEach(async () => {
  actor = await anActor('read_only')
})

async function log(entry: Partial<RequestLogEntry> = {}): Promise<void> {
  recordRequest(aRequestLogEntry(actor.workspaceId, entry))
  await flushRequestLog()
  // So that the next one ends in a later millisecond.
  await new Promise((resolve) => setTimeout(resolve, 5))
}

type Filter = Partial<Parameters<typeof countNewRequests>[1]>

/** Reads the first page, and returns a function that counts the requests since then. */
async function afterReading(filter: Filter = {}) {
  const readAt = new Date()
  const page = await listRequestGroups(actor, { q: '', sort: '-at', after: '', ...filter })
  if (!page.ok) throw new Error(page.error.message)
  const since = new Date(knownUntil(page.value.items, true, readAt)).toISOString()
  return async (as = actor) => {
    const counted = await countNewRequests(as, { ...filter, since })
    if (!counted.ok) throw new Error(counted.error.message)
    return counted.value
  }
}

describe('the number of new requests', () => {
  it('is zero at first, and later the number of lines written since the page was read', async () => {
    await log()
    const count = await afterReading()
    expect(await count()).toBe(0)
    await log()
    await log()
    expect(await count()).toBe(2)
  })

  it('counts a request that began long before the page was read and ended after it', async () => {
    await log()
    const count = await afterReading()
    await log({ durationMs: 200_000 })
    expect(await count()).toBe(1)
  })

  it('applies the filter', async () => {
    const instanceId = newId()
    await log({ instanceId })
    const count = await afterReading({ instanceId })
    await log()
    expect(await count()).toBe(0)
    await log({ instanceId })
    expect(await count()).toBe(1)
  })

  it('counts from an empty page', async () => {
    const count = await afterReading()
    expect(await count()).toBe(0)
    await log()
    expect(await count()).toBe(1)
  })

  it('only includes the newest 5,000 lines, so that a rare filter does not read more', async () => {
    const instanceId = newId()
    const count = await afterReading({ instanceId })
    await log({ instanceId })
    expect(await count()).toBe(1)
    const addAfter = (lines: number) =>
      database.sql(
        `INSERT INTO "RequestLog" ("id", "at", "workspaceId", "correlationId", "purpose", "outcome", "httpMethod", "url")
         SELECT gen_random_uuid(), now(), $1::uuid, gen_random_uuid(), 'endpoint', 'succeeded', 'GET', 'https://a.example'
         FROM generate_series(1, $2::int)`,
        [actor.workspaceId, lines],
      )
    await addAfter(4_999)
    expect(await count()).toBe(1)
    await addAfter(1)
    expect(await count()).toBe(0)
  })

  it('does not include other workspaces, and is at most a hundred', async () => {
    const count = await afterReading()
    for (let index = 0; index < 120; index += 1) recordRequest(aRequestLogEntry(actor.workspaceId))
    await flushRequestLog()
    expect(await count()).toBe(100)
    expect(await count(await anActor())).toBe(0)
  })
})
