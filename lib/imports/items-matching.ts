import type { z } from 'zod'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import type { listImportItemsSchema } from './import-schema'

type Filter = Pick<
  z.output<typeof listImportItemsSchema>,
  'importId' | 'kind' | 'tag' | 'method' | 'q' | 'change' | 'differing' | 'conflicting'
>

/** The items of an import that a filter finds: for the list, and for choosing all that it shows. */
export function itemsMatching({
  importId,
  kind,
  tag,
  method,
  q,
  change,
  differing,
  conflicting,
}: Filter): Prisma.ImportItemWhereInput {
  const text = { contains: likeLiteral(q), mode: 'insensitive' as const }
  return {
    importId,
    kind,
    ...(tag !== null && { tag }),
    ...(method !== null && { accepts: { has: method } }),
    ...(differing && { change: { not: 'same' as const } }),
    ...(change !== null && { change }),
    ...(conflicting && { conflicts: { gt: 0 } }),
    ...(q !== '' && { OR: [{ name: text }, { newName: text }, { url: text }] }),
  }
}
