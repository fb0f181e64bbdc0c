import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { fact } from '@/lib/domain/history/compare-values'
import { succeed, type Result } from '@/lib/domain/result'
import { sentences } from '@/lib/domain/sentences'
import type { Cause } from '@/lib/exchange/request-context'
import { lockSettings, writeHealth } from '@/lib/health/write-health'
import type { Context } from '@/lib/operations/operation'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { AuthenticationType, PhaseKind } from '@/lib/domain/vocabulary'
import { prepareRevocation, revocationDeadline, revokeTokens, type RevocationOutcome } from './revoke-tokens'
import { acquireLease, readStoredToken, releaseLease, type TokenLease, type TokenRef } from './token-lease'

export type TokenOwner = {
  id: string
  name: string
  method: { type: AuthenticationType; phases: { kind: PhaseKind; url: string | null }[] }
}

const mostAttempts = 3
const pollMs = 200
/** The longest time that a revocation waits for a request of a new token. */
const mostWaitMs = 5_000

/**
 * Revokes the tokens of one instance at the third party, where its method can, and removes them here whatever the third
 * party says. It takes the lease first, so that no token is refreshed meanwhile: a refresh under way is waited for, and
 * its token is revoked. A token from an authorisation ignores the lease and is revoked too.
 * @returns null if it had no token; `outcome` is null without a revoke URL
 */
export async function revokeInstanceTokens(
  context: Context,
  owner: TokenOwner,
  cause: Cause,
): Promise<{ outcome: RevocationOutcome | null } | null> {
  const deadline = revocationDeadline()
  const waitsUntil = performance.now() + mostWaitMs
  for (let attempt = 1; ; attempt += 1) {
    const taken = await takeToken(
      { workspaceId: context.workspaceId, instanceId: owner.id, name: 'default' },
      waitsUntil,
    )
    if (taken === null) return null
    const { lease } = taken
    const isLast = lease === null || attempt >= mostAttempts || performance.now() >= deadline
    try {
      const prepared = await prepareRevocation(context.workspaceId, owner.id)
      const revoked = prepared && (await revokeTokens(prepared, cause, deadline))
      const outcome = revoked && lease === null ? notTheNewOne(revoked) : revoked
      const removed = await remove(context, owner, outcome, isLast ? null : taken.version)
      if (removed.ok && removed.value) return { outcome }
      if (isLast) return null
    } finally {
      if (lease) await releaseLease(lease, false)
    }
  }
}

type Taken = {
  /** Sealing never gives the same text twice, so it serves as the version of the token. */
  version: string
  /** Null if another request held it for the whole wait. */
  lease: TokenLease | null
}

/** Takes the lease of the token; null if there is no token. */
async function takeToken(tokenRef: TokenRef, waitsUntil: number): Promise<Taken | null> {
  for (;;) {
    const stored = await readStoredToken(tokenRef)
    if (!stored || stored.sealedAccessToken === '') return null
    const version = stored.sealedAccessToken
    const lease = stored.leased ? null : await acquireLease(tokenRef.workspaceId, stored.id, version)
    if (lease || performance.now() >= waitsUntil) return { version, lease }
    await sleep(pollMs)
  }
}

/** What to do about it is said beside it, as for every other reason. */
function notTheNewOne(outcome: RevocationOutcome): RevocationOutcome {
  const failed = outcome.revoked ? [] : [outcome.reason]
  const reason = sentences(...failed, 'A new token was being requested at the same time.')
  return { host: outcome.host, revoked: false, reason }
}

/**
 * @param version only this token; null for any
 * @returns whether there was such a token
 */
function remove(
  { actor, workspaceId, transaction, audit }: Context,
  { id: instanceId, name, method }: TokenOwner,
  outcome: RevocationOutcome | null,
  version: string | null,
): Promise<Result<boolean>> {
  return transaction(async (tx) => {
    // The instance is locked before its token, as in an authorisation.
    await lockSettings(tx, { workspaceId, instanceId })
    const { count } = await tx.instanceToken.deleteMany({
      where: { instanceId, ...(version !== null && { sealedAccessToken: version }) },
    })
    if (count === 0) return succeed(false)
    await tx.keptValue.deleteMany({ where: { instanceId, secret: true } })
    if (needsPerson(method)) await markRevoked(tx, { workspaceId, instanceId }, actor.label)
    await audit(tx, {
      action: 'revoke_tokens',
      objectType: 'authorisation',
      objectId: instanceId,
      objectName: name,
      changes: fact('tokens', revocationWords(outcome)),
    })
    return succeed(true)
  })
}

async function markRevoked(
  tx: WorkspaceTransaction,
  instanceRef: { workspaceId: string; instanceId: string },
  person: string,
): Promise<void> {
  const reason = `Its tokens were revoked by ${person}. Authorise it again to use it.`
  await writeHealth(tx, instanceRef, { status: 'needs_authorising_again', reason, cause: 'getting_token' })
}

/** For the audit log. */
export function revocationWords(outcome: RevocationOutcome | null): string {
  if (outcome === null) return 'removed; the authentication method has no revoke URL'
  if (outcome.revoked) return `revoked at ${outcome.host}`
  return `could not be revoked at ${outcome.host}: ${outcome.reason} Do it there by hand.`
}
