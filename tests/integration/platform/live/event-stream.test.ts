import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { listen } from '@/lib/platform/db/listen'
import { systemDb } from '@/lib/platform/db/client'
import { answerStream } from '@/lib/platform/live/answer-stream'
import { mostStreamsOfPerson } from '@/lib/platform/live/event-stream'
import { channelOf } from '@/lib/platform/live/topics'
import { encodeSession, sessionCookieName } from '@/lib/platform/session/cookie'
import { endSession } from '@/lib/platform/session/end-sessions'
import { flushRequestLog, recordRequest } from '@/lib/request-log/record'
import { anActor } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import { aRequestLogEntry } from '@/tests/support/request-log-builders'
import { browser } from '@/tests/support/request-scope'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

let database: TestDatabase
let dana: PersonActor

beforeAll(async () => {
  database = await testDatabase()
})
beforeEach(async () => {
  browser.cookies.clear()
  dana = await anActor()
})

type Opened = {
  status: number
  events: () => number
  data: () => string[]
  ids: () => number[]
  isOver: () => boolean
  leave: () => void
}

type Options = {
  headers?: Record<string, string>
  since?: string | number
  read?: (actor: PersonActor, since: Date) => Promise<unknown>
}

/** Opens a stream as the person's browser does, and reads it as it comes. */
async function open(
  person: PersonActor | null,
  { headers = {}, since = '', read = async () => ({}) }: Options = {},
): Promise<Opened> {
  browser.cookies.clear()
  if (person) browser.cookies.set(sessionCookieName(), await encodeSession(person))
  const gone = new AbortController()
  onTestFinished(() => gone.abort())
  const url = `http://localhost/activity/events${since === '' ? '' : `?since=${since}`}`
  const response = await answerStream(new Request(url, { headers, signal: gone.signal }), { topic: 'requests', read })
  let text = ''
  let over = response.body === null
  void (async () => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk as Uint8Array)
    over = true
  })()
  return {
    status: response.status,
    events: () => text.split('event: changed\ndata: {}').length - 1,
    data: () => [...text.matchAll(/^data: (.*)$/gm)].map(([, said]) => said!),
    ids: () => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id)),
    isOver: () => over,
    leave: () => gone.abort(),
  }
}

async function log(workspaceId: string, lines = 1): Promise<void> {
  for (let line = 0; line < lines; line += 1) recordRequest(aRequestLogEntry(workspaceId))
  await flushRequestLog()
}

const eventually = { timeout: 10_000, interval: 50 }
/** Longer than an event takes. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 1_200))
const now = () => Date.now()

/** A stream that has had its first event: from then on its process knows that nothing was missed. */
async function settled(person: PersonActor): Promise<Opened> {
  const stream = await open(person)
  await expect.poll(stream.events, eventually).toBeGreaterThan(0)
  await aWhile()
  return stream
}

describe('a stream', () => {
  test('has an event when the log of the workspace has new lines, one for many', async () => {
    const stream = await settled(dana)
    const before = stream.events()
    await log(dana.workspaceId, 100)
    await expect.poll(stream.events, eventually).toBe(before + 1)
    await aWhile()
    expect(stream.events()).toBeLessThanOrEqual(before + 2)
  })

  test('has none of another workspace', async () => {
    const stream = await settled(dana)
    const foreign = await settled(await anActor())
    const before = foreign.events()
    await log(dana.workspaceId)
    await expect.poll(stream.events, eventually).toBeGreaterThan(1)
    await aWhile()
    expect(foreign.events()).toBe(before)
  })

  test('has events of other processes, each of which has one listener', async () => {
    const heard: string[] = []
    const connected = Promise.withResolvers<void>()
    const close = listen({
      channels: [channelOf('requests')],
      onSignal: (_, workspaceId) => heard.push(workspaceId),
      onConnected: connected.resolve,
      onLost: () => {},
    })
    onTestFinished(close)
    await connected.promise
    const [stream, second] = [await settled(dana), await settled(dana)]
    await database.sql(`SELECT pg_notify('patchbay_requests', $1)`, [dana.workspaceId])
    await expect.poll(stream.events, eventually).toBe(2)
    await expect.poll(second.events, eventually).toBe(2)
    expect(heard).toContain(dana.workspaceId)
    const [row] = await database.sql<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name = 'patchbay live' AND datname = current_database()`,
    )
    expect(row!.count).toBe(2)
  })

  test('recovers after its database connection broke, with an event for what was missed', async () => {
    const stream = await settled(dana)
    const before = stream.events()
    await database.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'patchbay live' AND datname = current_database()`,
    )
    await expect.poll(stream.events, eventually).toBe(before + 1)
    await aWhile()
    await log(dana.workspaceId)
    await expect.poll(stream.events, eventually).toBe(before + 2)
  })
})

test('an event contains what is read for the person of the session; what does not concern the page sends no event', async () => {
  const readers: PersonActor[] = []
  const stream = await settled(dana)
  const silent = await open(dana, {
    read: async (actor) => {
      readers.push(actor)
      return null
    },
  })
  await log(dana.workspaceId)
  await expect.poll(stream.events, eventually).toBe(2)
  await expect.poll(() => readers.length, eventually).toBeGreaterThan(0)
  expect(readers[0]).toEqual(dana)
  expect(silent.events()).toBe(0)
})

describe('reading what an event says', () => {
  test('never runs twice at the same time, however long it takes, and the last event has the last value', async () => {
    let [lines, running, most] = [0, 0, 0]
    const stream = await open(dana, {
      read: async () => {
        const value = lines
        most = Math.max(most, (running += 1))
        await new Promise((resolve) => setTimeout(resolve, 1_500))
        running -= 1
        return value
      },
    })
    for (; lines < 12; lines += 1) {
      await log(dana.workspaceId)
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
    await log(dana.workspaceId)
    await expect.poll(() => stream.data().at(-1), eventually).toBe('12')
    await aWhile()
    expect(stream.data().at(-1)).toBe('12')
    expect(most).toBe(1)
  })

  test('begins at the time of what the page shows, or now where the address does not say', async () => {
    const times: number[] = []
    const read = async (_: PersonActor, since: Date) => {
      times.push(since.getTime())
      return {}
    }
    const before = now()
    for (const since of [1_000, 'x']) {
      const stream = await open(dana, { since, read, headers: { 'Last-Event-ID': '2000' } })
      await expect.poll(stream.events, eventually).toBe(1)
      stream.leave()
    }
    expect(times[0]).toBe(1_000)
    expect(times[1]).toBeGreaterThanOrEqual(before)
  })

  test('is repeated with the next heartbeat if it failed', async () => {
    let reads = 0
    const stream = await open(dana, {
      read: async () => {
        reads += 1
        if (reads === 1) throw new Error('timeout exceeded when trying to connect')
        return {}
      },
    })
    await expect.poll(stream.events, { timeout: 15_000, interval: 50 }).toBe(1)
    expect(reads).toBe(2)
  })
})

describe('a browser that reconnects', () => {
  test('gets an event at once where there was a signal since its last one', async () => {
    const stream = await settled(dana)
    const lastId = stream.ids().at(-1)!
    stream.leave()
    await log(dana.workspaceId)
    const back = await open(dana, { headers: { 'Last-Event-ID': String(lastId) } })
    await expect.poll(back.events, eventually).toBe(1)
  })

  test('gets none where this process knows that there was no signal', async () => {
    const stream = await settled(dana)
    // Clocks of processes may differ by some seconds: only what is older is certain.
    const back = await open(dana, { headers: { 'Last-Event-ID': String(now() + 6_000) } })
    await aWhile()
    expect(back.events()).toBe(0)
    expect(back.ids()).toHaveLength(1)
    stream.leave()
  })

  test('gets one if this process has not listened that long, or if the id is invalid', async () => {
    await settled(dana)
    for (const id of ['1', 'x', '-1', '9'.repeat(40)]) {
      const back = await open(dana, { headers: { 'Last-Event-ID': id } })
      await expect.poll(back.events, eventually).toBe(1)
    }
    const first = await open(dana, { since: 1 })
    await expect.poll(first.events, eventually).toBe(1)
  })
})

describe('who may open a stream', () => {
  test('nobody who is signed out, and no page of another site', async () => {
    expect((await open(null)).status).toBe(401)
    for (const site of ['cross-site', 'same-site', 'none'])
      expect((await open(dana, { headers: { 'Sec-Fetch-Site': site } })).status).toBe(403)
    expect((await open(dana, { headers: { 'Sec-Fetch-Site': 'same-origin' } })).status).toBe(200)
  })

  test('a person until they sign out: nothing comes after it, and the stream ends', async () => {
    const stream = await settled(dana)
    const before = stream.events()
    await endSession(systemDb(), dana)
    await log(dana.workspaceId)
    await expect.poll(stream.isOver, eventually).toBe(true)
    expect(stream.events()).toBe(before)
    expect((await open(dana)).status).toBe(401)
  })

  test('a person until they are removed from the workspace, also where nothing happens', async () => {
    const stream = await settled(dana)
    await database.sql('DELETE FROM "Membership" WHERE "userId" = $1', [dana.userId])
    await expect.poll(stream.isOver, { timeout: 15_000 }).toBe(true)
  })

  test('a person with a bounded number of pages: one that is left makes room', async () => {
    const streams = await Promise.all(Array.from({ length: mostStreamsOfPerson }, () => open(dana)))
    expect(streams.every(({ status }) => status === 200)).toBe(true)
    expect((await open(dana)).status).toBe(429)
    expect((await open(await anActor())).status).toBe(200)
    streams[0]!.leave()
    await expect.poll(async () => (await open(dana)).status, eventually).toBe(200)
  })
})

test('a stream does not count as use of a session: an idle one still ends', async () => {
  await database.sql(`UPDATE "Session" SET "lastSeenAt" = now() - interval '1 hour' WHERE "id" = $1`, [dana.sessionId])
  await settled(dana)
  const [row] = await database.sql<{ idle: boolean }>(
    `SELECT "lastSeenAt" < now() - interval '59 minutes' AS idle FROM "Session" WHERE "id" = $1`,
    [dana.sessionId],
  )
  expect(row!.idle).toBe(true)
})

// Last: afterwards this process takes no stream.
test('when the process is asked to stop, all streams end at once and none begins', async () => {
  const stream = await settled(dana)
  const { patchbayWhenEnding } = globalThis as { patchbayWhenEnding?: Map<string, () => void> }
  for (const work of patchbayWhenEnding!.values()) work()
  await expect.poll(stream.isOver, eventually).toBe(true)
  expect((await open(dana)).status).toBe(503)
})
