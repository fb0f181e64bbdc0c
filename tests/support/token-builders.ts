import { seal } from '@/lib/platform/crypto/seal'
import { systemDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { sealedTokenAddress } from '@/lib/tokens/sealed-token-address'

type Given = {
  accessToken?: string
  refreshToken?: string | null
  expiresInSeconds?: number | null
  livedSeconds?: number
}

/** A token of an instance, as an authorisation would have stored it. It expired a minute ago unless given otherwise. */
export async function aToken(ref: { workspaceId: string; instanceId: string }, given: Given = {}): Promise<string> {
  const {
    accessToken = 'old-access-token',
    refreshToken = 'old-refresh-token',
    expiresInSeconds = -60,
    livedSeconds = 3600,
  } = given
  const id = newId()
  const expiresAt = expiresInSeconds === null ? null : new Date(Date.now() + expiresInSeconds * 1000)
  await systemDb().instanceToken.create({
    data: {
      id,
      ...ref,
      sealedAccessToken: seal(accessToken, sealedTokenAddress(ref.workspaceId, id, 'sealedAccessToken')),
      sealedRefreshToken:
        refreshToken === null
          ? null
          : seal(refreshToken, sealedTokenAddress(ref.workspaceId, id, 'sealedRefreshToken')),
      expiresAt,
      obtainedAt: new Date((expiresAt?.getTime() ?? Date.now()) - livedSeconds * 1000),
    },
  })
  return id
}
