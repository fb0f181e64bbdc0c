import 'server-only'
import { z } from 'zod'
import { checkExpiry } from '@/lib/domain/access/api-keys'
import { foldName } from '@/lib/domain/names'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import { databaseNow } from '@/lib/platform/db/database-now'
import { compareKeys, ofKey } from './audited-key'
import { compareLimits, findLimits, readLimits, writeLimits } from './key-limits'
import { grantingPerson } from './key-rules'
import { saveApiKeySchema } from './schema'

/**
 * Changes what a key may do, from its next request on. The key itself and its owner stay. A revoked key cannot be
 * changed, so that nobody takes it for one that can be used.
 */
export const saveApiKey = operation({
  name: 'save_api_key',
  permission: 'administer',
  input: saveApiKeySchema,
  output: z.strictObject({ revision: z.int() }),
  run: async ({ actor, workspaceId, transaction, audit }, { keyId, revision, ...input }) => {
    const now = await databaseNow()
    return transaction(async (tx) => {
      const granted = await grantingPerson(actor, tx, input.role)
      if (!granted.ok) return granted
      // A revocation at the same time waits, or was first and is seen here.
      await tx.$queryRaw`SELECT 1 FROM "ApiKey" WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${keyId}::uuid FOR UPDATE`
      const before = await tx.apiKey.findFirst({ where: { id: keyId } })
      if (!before) return notFound('api_key')
      if (before.revokedAt !== null)
        return refuse('disabled', `“${before.name}” was revoked and cannot be changed. Create a new API key.`)
      if (before.revision !== revision) return changedBySomeoneElse(`“${before.name}”`, before, tx)
      const expiresAt = checkExpiry(input.expiresAt, now, before.expiresAt)
      if (!expiresAt.ok) return expiresAt
      const limits = await findLimits(tx, input.limits)
      if (!limits.ok) return limits
      const { name, role, callOnly } = input
      const key = {
        id: keyId,
        workspaceId,
        name,
        role,
        callOnly,
        restricted: limits.value !== null,
        expiresAt: expiresAt.value,
      }
      const limitsBefore = await readLimits(tx, keyId)
      await tx.apiKey.updateMany({
        where: { id: keyId },
        data: {
          ...key,
          foldedName: foldName(name),
          revision: { increment: 1 },
          updatedAt: new Date(),
          updatedById: granted.value.userId,
        },
      })
      await writeLimits(tx, key, limits.value)
      await audit(tx, {
        ...ofKey(key),
        changes: [...compareKeys(before, key), ...compareLimits(limitsBefore, limits.value ?? [])],
      })
      return succeed({ revision: revision + 1 })
    })
  },
})
