import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { decodeCursor, encodeCursor } from '@/lib/platform/lists/keyset'
import { readInstanceChanges, type TimelineInstance } from './instance-changes'
import { countSuccesses, mostCounted, readRequests } from './read-requests'
import { readSinceLastSuccess } from './since-last-success'
import { timeline, type TimelineEvent } from './views'

const eventsPerPage = 30

/**
 * What happened to an instance, newest first: changes of the instance, its method and its connector, changes of its
 * status, failed requests and token requests. Other successful requests are only counted, between two events. The
 * number of queries is constant, and each uses an index.
 */
export const listTimeline = operation({
  name: 'list_timeline',
  permission: 'see',
  input: z.strictObject({ instanceId: idOf('instance'), after: z.string().max(2_048).default('') }),
  output: timeline,
  run: async ({ db }, { instanceId, after }) => {
    const instance = await db.instance.findFirst({ where: { id: instanceId } })
    if (!instance) return notFound('instance')
    const cursor = after === '' ? null : decodeCursor(after, 'date')
    const [found, sinceLastSuccess] = await Promise.all([
      readEvents(db, instance, cursor),
      cursor === null ? readSinceLastSuccess(db, instance) : null,
    ])
    const events = found.slice(0, eventsPerPage)
    const last = found.length > eventsPerPage ? events.at(-1)! : null
    return succeed({
      events: await withSuccesses(db, instance, events, { until: cursor?.value ?? null, isLastPage: last === null }),
      nextCursor: last && encodeCursor(last.at, last.id),
      sinceLastSuccess,
    })
  },
})

type Cursor = { value: string | number; id: string } | null

async function readEvents(db: WorkspaceDb, instance: TimelineInstance, cursor: Cursor): Promise<TimelineEvent[]> {
  const limit = eventsPerPage + 1
  const position = cursor && Prisma.sql`(${new Date(cursor.value)}::timestamptz, ${cursor.id}::uuid)`
  const [changed, requested] = position
    ? [Prisma.sql`(a."at", a."id") < ${position}`, Prisma.sql`(r."at", r."id") < ${position}`]
    : [Prisma.sql`true`, Prisma.sql`true`]
  const [changes, statuses, requests] = await Promise.all([
    readInstanceChanges(db, instance, { within: changed, limit }),
    readStatuses(db, instance, cursor, limit),
    readRequests(db, instance, { within: requested, limit }),
  ])
  return [...changes, ...statuses, ...requests].sort(newestFirst).slice(0, limit)
}

async function readStatuses(
  db: WorkspaceDb,
  { id: instanceId }: TimelineInstance,
  cursor: Cursor,
  take: number,
): Promise<TimelineEvent[]> {
  const at = cursor && new Date(cursor.value)
  const rows = await db.instanceStatusChange.findMany({
    where: {
      instanceId,
      ...(cursor && at && { at: { lte: at }, OR: [{ at: { lt: at } }, { id: { lt: cursor.id } }] }),
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take,
    select: { id: true, at: true, before: true, after: true, reason: true },
  })
  return rows.map((row) => ({ kind: 'status', ...row, at: row.at.toISOString() }))
}

/** The same order as in the database: ISO times and UUIDs sort correctly as text. */
function newestFirst(one: TimelineEvent, other: TimelineEvent): number {
  const [left, right] = [`${one.at} ${one.id}`, `${other.at} ${other.id}`]
  return left < right ? 1 : -1
}

/** Adds the numbers of successful requests before each event, and after the last one of the last page. */
async function withSuccesses(
  db: WorkspaceDb,
  instance: TimelineInstance,
  events: readonly TimelineEvent[],
  { until, isLastPage }: { until: string | number | null; isLastPage: boolean },
): Promise<TimelineEvent[]> {
  const times = events.map(({ at }) => new Date(at))
  const bounds = [until === null ? new Date(Date.now() + 3_600_000) : new Date(until), ...times]
  const lower = isLastPage ? [...times, new Date(0)] : times
  const gaps = lower.map((from, index) => ({ from, until: bounds[index]! }))
  const counts = await countSuccesses(db, instance, gaps)
  return gaps.flatMap((_, index): TimelineEvent[] => {
    const successes = counts.get(index)
    const own = events[index] ? [events[index]] : []
    if (!successes) return own
    const { count, latest } = successes
    const at = latest.toISOString()
    const counted = Math.min(count, mostCounted)
    return [{ kind: 'successes', id: `successes-${at}`, at, count: counted, more: count > mostCounted }, ...own]
  })
}
