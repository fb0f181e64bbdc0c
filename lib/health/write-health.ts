import 'server-only'
import { Prisma, type StatusCause } from '@/lib/platform/db/generated/client'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import type { InstanceStatus } from '@/lib/domain/vocabulary'

/**
 * The one place where the status of an instance is written. It is separate from the settings and their revision, so that
 * it never causes an edit conflict (DATA §7).
 */

export type InstanceRef = { workspaceId: string; instanceId: string }

export type Health = {
  status: InstanceStatus
  /** One sentence for people, which names the connector; secrets removed. */
  reason: string
  /** What has to succeed for the instance to be well again. */
  cause: StatusCause | null
}

/** The status of an instance that nothing is wrong with. */
export const connected: Health = { status: 'connected', reason: '', cause: null }

const always = Prisma.sql`true`

/**
 * Writes the status, unless it is the same already.
 * @param only a condition on the row of the instance, which is called `i`
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
        "statusSince" = CASE WHEN i."status" = ${status}::"InstanceStatus" THEN i."statusSince" ELSE now() END
    WHERE i."workspaceId" = ${workspaceId}::uuid AND i."id" = ${instanceId}::uuid AND ${only}
      AND (i."status", i."statusReason", i."statusCause")
        IS DISTINCT FROM (${status}::"InstanceStatus", ${reason}, ${cause}::"StatusCause")`
  return count === 1
}

/**
 * Locks the row of the instance until the transaction ends, and tells its settings in force as
 * `<method revision>.<instance revision>`: a result of other settings says nothing about these. Null: it is gone.
 *
 * Locked before its token, in the order in which an authorisation takes them: else the two could wait for each other, and
 * its code be lost.
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
