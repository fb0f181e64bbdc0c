import 'server-only'
import { randomUUID } from 'node:crypto'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import { runPrepared, type PreparedStatement } from '@/lib/platform/db/prepared'
import { unlessGone } from '@/lib/platform/db/reference-violation'
import type { Refusal } from '@/lib/domain/result'
import type { InstanceStatus } from '@/lib/domain/vocabulary'

/**
 * The lease under which one process refreshes an instance's token (DATA: Tokens, status, refresh).
 *
 * Times are compared only in the database, so that processes with different clocks agree. The owner's heartbeat extends
 * the lease for as long as the process lives, however slow the token endpoint is. The heartbeat uses one database
 * session, which Postgres ends as soon as the process is dead: if the session has ended and no other session extended
 * the lease, it is free after two missed heartbeats. If the end of the process cannot be seen that way (a machine lost
 * power), the lease expires. Each take-over raises the fence, and every write checks fence and owner, so that a late
 * process can neither overwrite nor release.
 */

const heartbeatMs = 1_500
/** On a very busy machine three heartbeats may be late before a living owner loses its lease. */
const leaseSeconds = 6
/** After two missed heartbeats, less time than this is left. */
const secondsLeftOfEnded = 3

/** Whether the token `t` is leased. */
const isLeasedSql = `COALESCE(t."leaseUntil" > now() AND (t."leaseUntil" > now() + make_interval(secs => ${secondsLeftOfEnded})
      OR t."leaseSession" IS NULL OR EXISTS (SELECT FROM pg_stat_activity WHERE pid = t."leaseSession")), false)`

export type TokenRef = { workspaceId: string; instanceId: string; name: string }

export type StoredToken = {
  id: string
  /** Empty if no token was obtained yet; then the row only stores the lease. */
  sealedAccessToken: string
  sealedRefreshToken: string | null
  tokenType: string
  scope: string
  expiresAt: Date | null
  obtainedAt: Date
  obtainedFor: string
  leased: boolean
  /** Why the last owner of the lease got no token; null while it is leased, or if the owner died. */
  failure: Refusal | null
  status: InstanceStatus
  statusReason: string
  /** The database's clock. */
  now: Date
}

/** The stored token with its instance's status and the database's time; null without a token. */
export async function readStoredToken(tokenRef: TokenRef): Promise<StoredToken | null> {
  const [row] = await workspaceDb(tokenRef.workspaceId).$queryRaw<StoredToken[]>`
    SELECT t."id", t."sealedAccessToken", t."sealedRefreshToken", t."tokenType", t."scope", t."expiresAt", t."obtainedAt", t."obtainedFor",
           ${Prisma.raw(isLeasedSql)} AS "leased", i."status"::text AS "status", i."statusReason", t."leaseFailure" AS "failure", now() AS "now"
    FROM "InstanceToken" t JOIN "Instance" i ON i."workspaceId" = t."workspaceId" AND i."id" = t."instanceId"
    WHERE t."workspaceId" = ${tokenRef.workspaceId}::uuid AND t."instanceId" = ${tokenRef.instanceId}::uuid AND t."name" = ${tokenRef.name}`
  return row ?? null
}

/**
 * Creates the row whose lease the first request takes, for methods that get tokens without a person. Does nothing if
 * the instance does not exist.
 */
export async function openToken({ workspaceId, instanceId, name }: TokenRef): Promise<void> {
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
  /** The outcome of an earlier refresh is unknown: its owner died, or the response was lost. */
  interrupted: boolean
  /** The token that has to be renewed. */
  sealedAccessToken: string
  sealedRefreshToken: string | null
  obtainedFor: string
  /** Aborted when another process has taken over. */
  lost: AbortSignal
  stopHeartbeat: () => void
}

/** Does not wait for a row that is locked: the heartbeats of other leases use the same connection. */
const acquire: PreparedStatement = {
  name: 'acquire_token_lease',
  text: `
    WITH before AS (
      SELECT t."id", t."leaseOwner" FROM "InstanceToken" t
      WHERE t."workspaceId" = $1::uuid AND t."id" = $2::uuid AND t."sealedAccessToken" = $3 AND NOT ${isLeasedSql}
      FOR UPDATE SKIP LOCKED
    )
    UPDATE "InstanceToken" t
    SET "fence" = t."fence" + 1, "leaseOwner" = $4, "leaseUntil" = now() + make_interval(secs => ${leaseSeconds}),
        "leaseSession" = pg_backend_pid(), "leaseFailure" = NULL
    FROM before WHERE t."id" = before."id"
    RETURNING t."fence"::text, t."sealedRefreshToken", t."obtainedFor", before."leaseOwner" IS NOT NULL AS "interrupted"`,
}

/**
 * Takes the lease if it is free and the token is still the one that has to be renewed; otherwise returns null.
 * @param sealedAccessToken serves as the token's version, since sealing never gives the same result twice
 */
export async function acquireLease(
  workspaceId: string,
  tokenId: string,
  sealedAccessToken: string,
): Promise<TokenLease | null> {
  const owner = randomUUID()
  const [row] = await runPrepared<
    Pick<TokenLease, 'sealedRefreshToken' | 'obtainedFor' | 'interrupted'> & { fence: string }
  >('token leases', acquire, [workspaceId, tokenId, sealedAccessToken, owner])
  if (!row) return null
  return withHeartbeat({ workspaceId, tokenId, owner, sealedAccessToken, ...row, fence: BigInt(row.fence) })
}

type LeaseRef = Pick<TokenLease, 'workspaceId' | 'tokenId' | 'fence' | 'owner'>

/** Returns one row if the lease is ours. If the row is locked, the lease is extended by the next heartbeat. */
const extend: PreparedStatement = {
  name: 'extend_token_lease',
  text: `
    WITH free AS (
      SELECT "id" FROM "InstanceToken"
      WHERE "workspaceId" = $1::uuid AND "id" = $2::uuid AND "fence" = $3::bigint AND "leaseOwner" = $4
      FOR UPDATE SKIP LOCKED
    ), extended AS (
      UPDATE "InstanceToken" t
      SET "leaseUntil" = now() + make_interval(secs => ${leaseSeconds}), "leaseSession" = pg_backend_pid()
      FROM free WHERE t."id" = free."id"
    )
    SELECT "id" FROM "InstanceToken"
    WHERE "workspaceId" = $1::uuid AND "id" = $2::uuid AND "fence" = $3::bigint AND "leaseOwner" = $4`,
}

/** Extends the lease; false if it is no longer ours. */
export async function extendLease({ workspaceId, tokenId, fence, owner }: LeaseRef): Promise<boolean> {
  const rows = await runPrepared('token leases', extend, [workspaceId, tokenId, String(fence), owner])
  return rows.length === 1
}

function withHeartbeat(lease: Omit<TokenLease, 'lost' | 'stopHeartbeat'>): TokenLease {
  const lost = new AbortController()
  let beating = false
  const beat = async () => {
    if (beating) return
    beating = true
    // If the database is unreachable for a moment, one heartbeat is lost but not the lease.
    const ours = await extendLease(lease).catch(() => true)
    beating = false
    if (!ours) lost.abort()
  }
  const timer = setInterval(() => void beat(), heartbeatMs)
  return { ...lease, lost: lost.signal, stopHeartbeat: () => clearInterval(timer) }
}

/**
 * Releases the lease without a new token.
 * @param outcomeUnknown the third party may have rotated the refresh token; the next owner sees this as `interrupted`
 * @param failure the error for the requests that waited; without it each of them tries itself
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
  /** Omitted if the third party did not rotate it; then the earlier one stays. */
  sealedRefreshToken?: string | null
  tokenType: string
  obtainedFor: string
  scope?: string
  /** Null if unknown. */
  expiresAt: Date | null
  obtainedAt: Date
}

/** Stores a refreshed token in the caller's transaction; false if the lease was lost and nothing was written. */
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
