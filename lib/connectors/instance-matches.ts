import { likeLiteral } from '@/lib/platform/lists/like-literal'
import type { Prisma } from '@/lib/platform/db/generated/client'

/**
 * Instances whose name, external ID or label contains the text. Every search of instances uses this condition.
 * @param folded the result of foldName(), not empty
 */
export function instanceMatches(folded: string): { OR: Prisma.InstanceWhereInput[] } {
  const contains = likeLiteral(folded)
  return { OR: [{ foldedName: { contains } }, { foldedTags: { contains } }] }
}
