import 'server-only'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { fact } from '@/lib/domain/history/compare-values'
import { succeed, type Result } from '@/lib/domain/result'
import type { Cause } from '@/lib/exchange/request-context'
import { lockSettings, writeHealth } from '@/lib/health/write-health'
import type { Context } from '@/lib/operations/operation'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { AuthenticationType, PhaseKind } from '@/lib/domain/vocabulary'
import { prepareRevocation, revocationDeadline, revokeTokens, type RevocationOutcome } from './revoke-tokens'
import { mostWaitForTokenMs, notTheNewOne, takeToken } from './take-token'
import { releaseLease } from './token-lease'

export type TokenOwner = {
  id: string
  name: string
  method: { type: AuthenticationType; phases: { kind: PhaseKind; url: string | null }[] }
}

const mostAttempts = 3

/**
 * Revokes the tokens of one instance at the third party, if its method has a revoke URL, and removes them here even if
 * the third party refuses. It takes the lease first, so that no token is refreshed at the same time: it waits for a
 * running refresh and revokes the new token. An authorisation ignores the lease; its token is revoked too.
 * @returns null if it had no token; `outcome` is null without a revoke URL
 */
export async function revokeInstanceTokens(
  context: Context,
  owner: TokenOwner,
  cause: Cause,
): Promise<{ outcome: RevocationOutcome | null } | null> {
  const deadline = revocationDeadline()
  const waitsUntil = performance.now() + mostWaitForTokenMs
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

/**
 * @param version revokes only this token; null: whichever is stored
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
  return `could not be revoked at ${outcome.host}: ${outcome.reason} Revoke them there by hand.`
}
