import 'server-only'
import { systemDb } from '@/lib/platform/db/client'
import { logger } from '@/lib/platform/log/logger'

const underWay = new Set<string>()

/**
 * Records that a session is in use. It is not awaited, and an error does not fail the request. The statement itself
 * checks whether a minute has passed, and skips a row that another process is writing, so that of many simultaneous
 * requests only one writes.
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
