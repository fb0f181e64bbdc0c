import 'server-only'
import { Prisma, type StatusCause } from '@/lib/platform/db/generated/client'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import type { InstanceStatus } from '@/lib/domain/vocabulary'

/**
 * Writes the status of an instance; nothing else does. It is separate from the settings and their revision, so that it
 * never causes an edit conflict (DATA §7).
 */

export type InstanceRef = { workspaceId: string; instanceId: string }

export type Health = {
  status: InstanceStatus
  /** One sentence for people, with the connector's name and without secrets. */
  reason: string
  /** The step that must succeed before the instance is connected again. */
  cause: StatusCause | null
}

/** The status of an instance without problems. */
export const connected: Health = { status: 'connected', reason: '', cause: null }

const always = Prisma.sql`true`

/**
 * Writes the status if it changes.
 * @param only a condition on the row of the instance, with the alias `i`
 * @returns whether it was written
 */
export async function writeHealth(
  db: WorkspaceDb | WorkspaceTransaction,
  { workspaceId, instanceId }: InstanceRef,
  { status, reason, cause }: Health,
  only: Prisma.Sql = always,
): Promise<boolean> {
  const count = await db.$executeRaw`
    UPDATE "Instance" i
    SET "status" = ${status}::"InstanceStatus", "statusReason" = ${reason}, "statusCause" = ${cause}::"StatusCause",
        "statusSince" = CASE WHEN i."status" = ${status}::"InstanceStatus" THEN i."statusSince" ELSE clock_timestamp() END
    WHERE i."workspaceId" = ${workspaceId}::uuid AND i."id" = ${instanceId}::uuid AND ${only}
      AND (i."status", i."statusReason", i."statusCause")
        IS DISTINCT FROM (${status}::"InstanceStatus", ${reason}, ${cause}::"StatusCause")`
  return count === 1
}

/**
 * Locks the row of the instance until the transaction ends, and returns its current settings as
 * `<method revision>.<instance revision>`: a result for other settings says nothing about these. Null if it is deleted.
 *
 * The instance is locked before its token, in the same order as in an authorisation. Otherwise the two could deadlock,
 * and the code of the authorisation would be lost.
 */
export async function lockSettings(
  tx: WorkspaceTransaction,
  { workspaceId, instanceId }: InstanceRef,
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ settings: string }[]>`
    SELECT m."revision" || '.' || i."revision" AS "settings"
    FROM "Instance" i JOIN "AuthenticationMethod" m ON m."workspaceId" = i."workspaceId" AND m."id" = i."methodId"
    WHERE i."workspaceId" = ${workspaceId}::uuid AND i."id" = ${instanceId}::uuid FOR NO KEY UPDATE OF i`
  return row?.settings ?? null
}
