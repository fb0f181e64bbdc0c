import 'server-only'
import { randomUUID } from 'node:crypto'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { unlessGone } from '@/lib/platform/db/reference-violation'
import type { Refusal } from '@/lib/domain/result'
import type { InstanceStatus } from '@/lib/domain/vocabulary'

/**
 * The lease under which one process refreshes an instance's token (DATA: Tokens, status, refresh).
 *
 * Every comparison of times happens in the database, so that processes with different clocks agree. The holder's
 * heartbeat keeps the lease for as long as the process lives, however slow the token endpoint is; when it dies, the
 * lease runs out and another takes over. Each take-over raises the fence, and a write names fence and owner, so that
 * a late loser can neither overwrite nor release.
 */

const heartbeatMs = 1_500
/**
 * Three heartbeats may be missed. A take-over happens this long after the holder's death, plus a poll: within ten seconds,
 * also on a machine that is very busy.
 */
const leaseSeconds = 6

export type TokenPlace = { workspaceId: string; instanceId: string; name: string }

export type StoredToken = {
  id: string
  /** Empty: nobody has obtained one yet, and the row only carries the lease of whoever does. */
  sealedAccessToken: string
  sealedRefreshToken: string | null
  tokenType: string
  scope: string
  expiresAt: Date | null
  obtainedAt: Date
  obtainedFor: string
  leased: boolean
  /** Why the last holder of the lease got no token; null while somebody holds it, and where its holder died. */
  failure: Refusal | null
  status: InstanceStatus
  statusReason: string
  /** The database's clock. */
  now: Date
}

/** The token as it is stored, with its instance's status and the database's time; null where there is none. */
export async function readStoredToken(place: TokenPlace): Promise<StoredToken | null> {
  const [row] = await workspaceDb(place.workspaceId).$queryRaw<StoredToken[]>`
    SELECT t."id", t."sealedAccessToken", t."sealedRefreshToken", t."tokenType", t."scope", t."expiresAt", t."obtainedAt", t."obtainedFor",
           COALESCE(t."leaseUntil" > now(), false) AS "leased", i."status"::text AS "status", i."statusReason", t."leaseFailure" AS "failure", now() AS "now"
    FROM "InstanceToken" t JOIN "Instance" i ON i."workspaceId" = t."workspaceId" AND i."id" = t."instanceId"
    WHERE t."workspaceId" = ${place.workspaceId}::uuid AND t."instanceId" = ${place.instanceId}::uuid AND t."name" = ${place.name}`
  return row ?? null
}

/**
 * The row whose lease the first request takes, where the token requests alone get a token. Does nothing where there is
 * no such instance.
 */
export async function openToken({ workspaceId, instanceId, name }: TokenPlace): Promise<void> {
  const opening = workspaceDb(workspaceId).$executeRaw`
    INSERT INTO "InstanceToken" ("id", "workspaceId", "instanceId", "name", "sealedAccessToken")
    SELECT ${newId()}::uuid, "workspaceId", "id", ${name}, '' FROM "Instance" WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${instanceId}::uuid
    ON CONFLICT ("instanceId", "name") DO NOTHING`
  await unlessGone(opening)
}

export type TokenLease = {
  workspaceId: string
  tokenId: string
  fence: bigint
  owner: string
  /**
   * An earlier refresh ended without anyone knowing its outcome: its holder died, or the answer was lost on the way.
   */
  interrupted: boolean
  /** As it was found wanting. */
  sealedAccessToken: string
  sealedRefreshToken: string | null
  obtainedFor: string
  /** Aborted when another process has taken over. */
  lost: AbortSignal
  stopHeartbeat: () => void
}

/**
 * Takes the lease if it is free and the token is still the one that was found wanting; null when either is not so.
 * @param sealedAccessToken serves as the token's version: sealing never repeats itself
 */
export async function acquireLease(
  workspaceId: string,
  tokenId: string,
  sealedAccessToken: string,
): Promise<TokenLease | null> {
  const owner = randomUUID()
  const [row] = await workspaceDb(workspaceId).$queryRaw<
    { fence: bigint; sealedRefreshToken: string | null; obtainedFor: string; interrupted: boolean }[]
  >`
    WITH before AS (
      SELECT "id", "leaseOwner" FROM "InstanceToken"
      WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${tokenId}::uuid AND "sealedAccessToken" = ${sealedAccessToken}
        AND ("leaseUntil" IS NULL OR "leaseUntil" <= now())
      FOR UPDATE
    )
    UPDATE "InstanceToken" t
    SET "fence" = t."fence" + 1, "leaseOwner" = ${owner}, "leaseUntil" = now() + make_interval(secs => ${leaseSeconds}),
        "leaseFailure" = NULL
    FROM before WHERE t."id" = before."id"
    RETURNING t."fence", t."sealedRefreshToken", t."obtainedFor", before."leaseOwner" IS NOT NULL AS "interrupted"`
  if (!row) return null
  return withHeartbeat({ workspaceId, tokenId, owner, sealedAccessToken, ...row })
}

type HeldLease = Pick<TokenLease, 'workspaceId' | 'tokenId' | 'fence' | 'owner'>

/** Extends the lease; false when it is no longer ours. */
export async function extendLease(lease: HeldLease): Promise<boolean> {
  const count = await workspaceDb(lease.workspaceId).$executeRaw`
    UPDATE "InstanceToken" SET "leaseUntil" = now() + make_interval(secs => ${leaseSeconds})
    WHERE "workspaceId" = ${lease.workspaceId}::uuid AND "id" = ${lease.tokenId}::uuid
      AND "fence" = ${lease.fence} AND "leaseOwner" = ${lease.owner}`
  return count === 1
}

function withHeartbeat(held: Omit<TokenLease, 'lost' | 'stopHeartbeat'>): TokenLease {
  const lost = new AbortController()
  let beating = false
  const beat = async () => {
    if (beating) return
    beating = true
    // A database that cannot be reached for a moment costs one heartbeat, not the lease.
    const ours = await extendLease(held).catch(() => true)
    beating = false
    if (!ours) lost.abort()
  }
  const timer = setInterval(() => void beat(), heartbeatMs)
  return { ...held, lost: lost.signal, stopHeartbeat: () => clearInterval(timer) }
}

/**
 * Gives the lease back without a new token.
 * @param outcomeUnknown the third party may have rotated the refresh token: the next holder is told (`interrupted`)
 * @param failure for those that waited; without it each of them tries for itself
 */
export async function releaseLease(
  lease: TokenLease,
  outcomeUnknown: boolean,
  failure: Refusal | null = null,
): Promise<void> {
  lease.stopHeartbeat()
  const owner = outcomeUnknown || lease.interrupted ? lease.owner : null
  await workspaceDb(lease.workspaceId).$executeRaw`
    UPDATE "InstanceToken"
    SET "leaseOwner" = ${owner}, "leaseUntil" = NULL, "leaseFailure" = ${failure && JSON.stringify(failure)}::jsonb
    WHERE "workspaceId" = ${lease.workspaceId}::uuid AND "id" = ${lease.tokenId}::uuid
      AND "fence" = ${lease.fence} AND "leaseOwner" = ${lease.owner}`
}

export type RefreshedToken = {
  sealedAccessToken: string
  /** Absent: the third party did not rotate, the earlier one stays. */
  sealedRefreshToken?: string | null
  tokenType: string
  obtainedFor: string
  scope?: string
  /** Null where nobody knows. */
  expiresAt: Date | null
  obtainedAt: Date
}

/**
 * Stores what a refresh brought, in the caller's transaction; false when the lease was lost, and then nothing is
 * written.
 */
export async function storeUnderLease(
  transaction: WorkspaceTransaction,
  lease: TokenLease,
  token: RefreshedToken,
): Promise<boolean> {
  const { count } = await transaction.instanceToken.updateMany({
    where: { id: lease.tokenId, fence: lease.fence, leaseOwner: lease.owner },
    data: {
      ...token,
      refreshCount: { increment: lease.sealedAccessToken === '' ? 0 : 1 },
      leaseOwner: null,
      leaseUntil: null,
    },
  })
  return count === 1
}
