import 'server-only'
import { seal } from '@/lib/platform/crypto/seal'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { replaceStoredValues } from '@/lib/credentials/stored-values'
import { sealedTokenAddress } from './sealed-token-address'
import type { ObtainedTokens } from './obtain-tokens'

/** The tokens from an authorisation, stored in one transaction with the settings that waited for it. */
export type Granted = Omit<ObtainedTokens, 'status'>

type InstanceRef = { workspaceId: string; instanceId: string }

/**
 * Replaces the earlier grant by the tokens from an authorisation. Raises the fence, so that a running refresh of the
 * earlier grant cannot overwrite the new one.
 */
export async function storeGrant(
  tx: WorkspaceTransaction,
  instanceRef: InstanceRef,
  { tokens, obtainedAt, missed }: Granted,
): Promise<'set' | 'replaced'> {
  const { workspaceId, instanceId } = instanceRef
  const earlier = await tx.instanceToken.findFirst({ where: { instanceId, name: 'default' }, select: { id: true } })
  const id = earlier?.id ?? newId()
  const grant = {
    sealedAccessToken: seal(tokens.accessToken, sealedTokenAddress(workspaceId, id, 'sealedAccessToken')),
    sealedRefreshToken:
      tokens.refreshToken === null
        ? null
        : seal(tokens.refreshToken, sealedTokenAddress(workspaceId, id, 'sealedRefreshToken')),
    ...{
      tokenType: tokens.tokenType,
      scope: tokens.scope ?? '',
      expiresAt: tokens.expiresAt,
      obtainedAt,
      refreshCount: 0,
      obtainedFor: '',
    },
  }
  if (earlier)
    await tx.instanceToken.updateMany({
      where: { id },
      data: { ...grant, fence: { increment: 1 }, leaseOwner: null, leaseUntil: null },
    })
  else await tx.instanceToken.create({ data: { id, workspaceId, instanceId, ...grant } })
  await replaceStoredValues(tx, instanceRef, tokens.stored, missed)
  return earlier ? 'replaced' : 'set'
}
