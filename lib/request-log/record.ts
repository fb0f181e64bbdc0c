import 'server-only'
import { setImmediate } from 'node:timers/promises'
import { atEnd } from '@/lib/platform/at-end'
import { logger } from '@/lib/platform/log/logger'
import { countOutbound } from '@/lib/platform/metrics'
import type { RequestLogEntry } from './entry'
import { insertLines, isBadData } from './insert-lines'
import { outcomeOf } from './outcome'
import { lineOf, type Line, type QueuedEntry, type Redactors } from './line-of'

/**
 * Lines are written in batches, so that a call does not wait for its line (DATA §13). Code that reads a line right
 * after a request flushes first. A process that is asked to stop flushes too; a killed process loses the lines of the
 * last 200 ms.
 */

/** Less than 200 ms, so that the lines are written within that time. */
const longestWaitMs = 100
const mostLines = 64
/** The longest time for creating lines before other events of the process are handled. */
const longestTurnMs = 0.5
/**
 * The limit for lines in memory. If the database is too slow or unavailable, further lines are dropped, so that memory
 * does not fill up.
 */
const mostBytes = 64 * 1024 * 1024

type Batch = {
  /** As recorded, still with their secrets. */
  entries: QueuedEntry[]
  bytes: number
}
type Queue = { batch: Batch; bytes: number; timer: NodeJS.Timeout | null; writing: Set<Promise<void>>; dropped: number }

// One queue per process, which survives hot reloads in development.
const holder = globalThis as { patchbayRequestLog?: Queue }
const queue = (holder.patchbayRequestLog ??= {
  batch: emptyBatch(),
  bytes: 0,
  timer: null,
  writing: new Set(),
  dropped: 0,
})

function emptyBatch(): Batch {
  return { entries: [], bytes: 0 }
}

/** An error here never fails a request; it is reported in the log of the process (DATA §10). */
export function recordRequest(entry: RequestLogEntry): void {
  countOutbound(entry.purpose, outcomeOf(entry.response, entry.error), entry.durationMs)
  const { batch } = queue
  const bytes = sizeOf(entry)
  if (queue.bytes + bytes > mostBytes) {
    queue.dropped += 1
    return
  }
  queue.bytes += bytes
  batch.bytes += bytes
  batch.entries.push({ ...entry, at: Date.now() - Math.round(entry.durationMs) })
  if (batch.entries.length >= mostLines) void writeQueued()
  else queue.timer ??= setTimeout(() => void writeQueued(), longestWaitMs)
}

/** Settles when everything recorded so far has been written or given up. */
export async function flushRequestLog(): Promise<void> {
  void writeQueued()
  await Promise.all(queue.writing)
}

atEnd('request log', flushRequestLog)

/** An estimate that includes the rest of the line. */
function sizeOf({ request, response }: RequestLogEntry): number {
  return 2_048 + (request.body?.length ?? 0) + (response?.body.byteLength ?? 0)
}

function writeQueued(): Promise<void> {
  if (queue.timer) clearTimeout(queue.timer)
  const { batch, dropped } = queue
  Object.assign(queue, { batch: emptyBatch(), timer: null, dropped: 0 })
  if (dropped > 0) logger().error({ dropped }, 'requests were left out of the request log: too many wait to be written')
  if (batch.bytes === 0) return Promise.resolve()
  const written = write(batch).finally(() => {
    queue.bytes -= batch.bytes
    queue.writing.delete(written)
  })
  queue.writing.add(written)
  return written
}

async function write({ entries }: Batch): Promise<void> {
  await insert(await linesOf(entries))
}

/**
 * Creates the lines in short turns between other events, so that no request waits long for the lines of others. A turn
 * creates many lines, so that most requests do not wait at all.
 */
async function linesOf(entries: QueuedEntry[]): Promise<Line[]> {
  const lines: Line[] = []
  const redactors: Redactors = new Map()
  let began = -Infinity
  for (const entry of entries) {
    if (performance.now() - began > longestTurnMs) {
      await setImmediate()
      began = performance.now()
    }
    try {
      lines.push(await lineOf(entry, redactors))
    } catch (error) {
      notWritten(error, [entry])
    }
  }
  return lines
}

/** If the database refuses a row, the batch is halved until the row is found, so that all others are written. */
async function insert(lines: Line[]): Promise<void> {
  if (lines.length === 0) return
  try {
    await insertLines(lines)
  } catch (error) {
    if (lines.length === 1 || !isBadData(error)) return notWritten(error, lines)
    const half = Math.ceil(lines.length / 2)
    await insert(lines.slice(0, half))
    await insert(lines.slice(half))
  }
}

function notWritten(error: unknown, lost: readonly (QueuedEntry | Line)[]): void {
  const [first] = lost
  logger().error(
    { error, lines: lost.length, correlationId: first?.correlationId, purpose: first?.purpose },
    'requests could not be written to the request log',
  )
}
