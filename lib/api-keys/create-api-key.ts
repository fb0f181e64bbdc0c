import 'server-only'
import { checkExpiry, keyPrefix, shownPartOf } from '@/lib/domain/access/api-keys'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { newToken } from '@/lib/platform/crypto/one-way-token'
import { databaseNow } from '@/lib/platform/db/database-now'
import { newId } from '@/lib/platform/db/new-id'
import { factsOf, ofKey } from './audited-key'
import { compareLimits, findLimits, writeLimits } from './key-limits'
import { grantingPerson } from './key-rules'
import { createApiKeySchema } from './schema'
import { createdApiKey } from './views'

/** Creates an API key, which belongs to the actor. The result is the only one that contains the key. */
export const createApiKey = operation({
  name: 'create_api_key',
  permission: 'administer',
  input: createApiKeySchema,
  output: createdApiKey,
  run: async ({ actor, workspaceId, transaction, audit }, input) => {
    const expiresAt = checkExpiry(input.expiresAt, await databaseNow())
    if (!expiresAt.ok) return expiresAt
    return transaction(async (tx) => {
      const owner = await grantingPerson(actor, tx, input.role)
      if (!owner.ok) return owner
      const limits = await findLimits(tx, input.limits)
      if (!limits.ok) return limits
      const { token, tokenHash } = newToken(keyPrefix)
      const { name, role, callOnly } = input
      const id = newId()
      const key = {
        id,
        workspaceId,
        name,
        role,
        callOnly,
        restricted: limits.value !== null,
        expiresAt: expiresAt.value,
      }
      await tx.apiKey.create({
        data: {
          ...key,
          ownerId: owner.value.userId,
          updatedById: owner.value.userId,
          foldedName: foldName(name),
          keyHash: tokenHash,
          prefix: shownPartOf(token),
        },
      })
      await writeLimits(tx, key, limits.value)
      await audit(tx, {
        ...ofKey(key),
        changes: [...factsOf(key), ...compareLimits([], limits.value ?? [])],
      })
      return succeed({ id, key: token })
    })
  },
})
