import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { ofKey } from './audited-key'
import { apiKeySchema } from './schema'

/** Revokes a key, which cannot be undone: every request with it that is checked from now on is refused, in every process. */
export const revokeApiKey = operation({
  name: 'revoke_api_key',
  permission: 'administer',
  input: apiKeySchema,
  output: z.null(),
  run: ({ transaction, audit }, { keyId }) =>
    transaction(async (tx) => {
      const { count } = await tx.apiKey.updateMany({
        where: { id: keyId, revokedAt: null },
        data: { revokedAt: new Date() },
      })
      const key = await tx.apiKey.findFirst({ where: { id: keyId }, select: { id: true, name: true } })
      if (!key) return notFound('api_key')
      // It was revoked before, perhaps by somebody else a moment ago.
      if (count > 0) await audit(tx, ofKey(key))
      return succeed(null)
    }),
})
