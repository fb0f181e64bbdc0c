import 'server-only'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { databaseNow } from '@/lib/platform/db/database-now'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { summariesOf } from './key-rows'
import { apiKeySorts, listApiKeysSchema } from './schema'
import { inState } from './usable-key'
import { apiKeySummary } from './views'

/** One page of the API keys of the workspace whose name matches, revoked ones included. */
export const listApiKeys = operation({
  name: 'list_api_keys',
  permission: 'administer',
  input: listApiKeysSchema,
  output: listPageOf(apiKeySummary),
  run: async ({ db }, { state, ...params }) => {
    const now = await databaseNow()
    const where: Prisma.ApiKeyWhereInput = {
      ...(params.q !== '' && { foldedName: { contains: likeLiteral(foldName(params.q)) } }),
      ...(state !== undefined && { AND: inState(state, now) }),
    }
    const page = keyset<Prisma.ApiKeyWhereInput, Prisma.ApiKeyOrderByWithRelationInput>(params, apiKeySorts)
    const [rows, total] = await Promise.all([
      db.apiKey.findMany({ where: { AND: [where, page.where] }, orderBy: page.orderBy, take: page.take }),
      db.apiKey.count({ where }),
    ])
    const { items, ...rest } = toPage(rows, total, params, apiKeySorts)
    return succeed({ ...rest, items: await summariesOf(db, items, now) })
  },
})
