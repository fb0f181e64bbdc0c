import 'server-only'
import { systemDb } from '@/lib/platform/db/client'
import { logger } from '@/lib/platform/log/logger'

const underWay = new Set<string>()

/**
 * Records when and from where a key was used last. It is not awaited, and an error does not fail the request. The
 * statement itself checks whether a minute has passed, and skips a row that another process is writing, so that of many
 * simultaneous requests only one writes.
 */
export function noteKeyUse(
  { workspaceId, id: keyId }: { workspaceId: string; id: string },
  address: string | null,
): void {
  if (underWay.has(keyId)) return
  underWay.add(keyId)
  systemDb().$executeRaw`
      UPDATE "ApiKey" SET "lastUsedAt" = now(), "lastUsedAddress" = ${address} WHERE "id" = (
        SELECT "id" FROM "ApiKey"
        WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${keyId}::uuid AND ("lastUsedAt" IS NULL OR "lastUsedAt" <= now() - interval '1 minute')
        FOR UPDATE SKIP LOCKED
      )`
    .catch((error: unknown) => logger().warn({ error }, 'the last use of an API key was not written'))
    .finally(() => underWay.delete(keyId))
}
