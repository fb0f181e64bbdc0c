import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { databaseNow } from '@/lib/platform/db/database-now'
import { readLimits } from './key-limits'
import { summariesOf } from './key-rows'
import { apiKeySchema } from './schema'
import { apiKeyDetail } from './views'

/** An API key with what it is limited to. */
export const getApiKey = operation({
  name: 'get_api_key',
  permission: 'administer',
  input: apiKeySchema,
  output: apiKeyDetail,
  run: async ({ db }, { keyId }) => {
    const row = await db.apiKey.findFirst({ where: { id: keyId } })
    if (!row) return notFound('api_key')
    const [summary] = await summariesOf(db, [row], await databaseNow())
    const limits = row.restricted ? await readLimits(db, keyId) : null
    return succeed({ ...summary!, revision: row.revision, limits })
  },
})
