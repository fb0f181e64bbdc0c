import { findApiKey } from '@/lib/api-keys/find-api-key'
import type { ApiKeyActor, PersonActor } from '@/lib/domain/access/actor'
import { keyPrefix, shownPartOf } from '@/lib/domain/access/api-keys'
import { newToken } from '@/lib/platform/crypto/one-way-token'
import { systemDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { foldName } from '@/lib/domain/names'

type Given = Partial<Omit<Prisma.ApiKeyUncheckedCreateInput, 'workspaceId'>> & {
  /** Restricts the key; empty lists: to nothing. */
  limits?: { connectorIds?: string[]; instanceIds?: string[] }
}

/** A key of the person, with the text that a program presents. */
export async function anApiKey(owner: Pick<PersonActor, 'workspaceId' | 'userId'>, { limits, ...given }: Given = {}) {
  const { workspaceId, userId: ownerId } = owner
  const { token, tokenHash } = newToken(keyPrefix)
  const name = given.name ?? 'Nightly export'
  const { id: keyId } = await systemDb().apiKey.create({
    data: {
      ...{ workspaceId, ownerId, name, role: 'user' },
      ...{ foldedName: foldName(name), keyHash: tokenHash, prefix: shownPartOf(token) },
      restricted: limits !== undefined,
      ...given,
    },
  })
  const { connectorIds = [], instanceIds = [] } = limits ?? {}
  await systemDb().apiKeyLimit.createMany({
    data: [
      ...connectorIds.map((connectorId) => ({ connectorId })),
      ...instanceIds.map((instanceId) => ({ instanceId })),
    ].map((limit) => ({ workspaceId, keyId, ...limit })),
  })
  return { key: token, keyHash: tokenHash, keyId }
}

/** The actor of a new key of the person, as a request with the key gets it. */
export async function aKeyActor(owner: Pick<PersonActor, 'workspaceId' | 'userId'>, given: Given = {}) {
  const { key } = await anApiKey(owner, given)
  const actor = await findApiKey(key, null)
  if (!actor) throw new Error('The key cannot be used.')
  return actor satisfies ApiKeyActor
}
