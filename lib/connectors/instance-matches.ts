import { likeLiteral } from '@/lib/platform/lists/like-literal'
import type { Prisma } from '@/lib/platform/db/generated/client'

/**
 * Instances whose name, external ID or one of whose labels contains the text. Every search of instances uses it.
 * @param folded as foldName() makes it, not empty
 */
export function instanceMatches(folded: string): { OR: Prisma.InstanceWhereInput[] } {
  const contains = likeLiteral(folded)
  return { OR: [{ foldedName: { contains } }, { foldedTags: { contains } }] }
}
