import 'server-only'
import { systemDb } from '@/lib/platform/db/client'
import { logger } from '@/lib/platform/log/logger'

const underWay = new Set<string>()

/**
 * Writes that a session is in use. Nobody waits for it, and a failure fails no request. The statement decides by itself
 * whether a minute has passed, and leaves a row alone that another one writes: of many at once, in all processes, one
 * writes.
 */
export function noteUse(sessionId: string): void {
  if (underWay.has(sessionId)) return
  underWay.add(sessionId)
  systemDb().$executeRaw`
      UPDATE "Session" SET "lastSeenAt" = now() WHERE "id" = (
        SELECT "id" FROM "Session"
        WHERE "id" = ${sessionId}::uuid AND "endedAt" IS NULL AND "lastSeenAt" <= now() - interval '1 minute'
        FOR UPDATE SKIP LOCKED
      )`
    .catch((error: unknown) => logger().warn({ error }, 'the last use of a session was not written'))
    .finally(() => underWay.delete(sessionId))
}
