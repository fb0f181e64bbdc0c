import type { ActorLimits } from '@/lib/domain/access/actor'
import { limitRuleOf, type Condition } from './actor-limits'

/**
 * Relations to rows that a restricted key may see only in part: a connector may be visible, but not all its instances.
 * A test compares them with the schema.
 */
export const narrowedRelations: Readonly<Record<string, string>> = {
  instances: 'Instance',
  instanceValues: 'InstanceValue',
  shapes: 'Shape',
  shapeValues: 'ShapeValue',
  keyLimits: 'ApiKeyLimit',
  chunks: 'ImportChunk',
  items: 'ImportItem',
  lines: 'ImportLine',
}

/**
 * Narrows the relations that a query selects, includes, counts or filters by, at any depth.
 * @throws if the query orders by such a relation, where no condition is possible
 */
export function narrowRelations(args: Condition, limits: ActorLimits): Condition {
  const narrowed = { ...args }
  for (const part of ['select', 'include', 'where'] as const)
    if (part in args) narrowed[part] = narrowPart(args[part], limits)
  if (namesNarrowed(args.orderBy)) throw new Error('a restricted key may not order by rows that it may not see')
  return narrowed
}

function narrowPart(part: unknown, limits: ActorLimits): unknown {
  if (Array.isArray(part)) return part.map((entry) => narrowPart(entry, limits))
  // Values such as dates and buffers have no relations.
  if (!isPlain(part)) return part
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => {
      const model = narrowedRelations[name]
      return [name, model ? narrowRelation(value, limitRuleOf(model).reads(limits), limits) : narrowPart(value, limits)]
    }),
  )
}

function narrowRelation(value: unknown, limit: Condition, limits: ActorLimits): unknown {
  if (value === true) return { where: limit }
  if (!isPlain(value)) return value
  const inner = narrowPart(value, limits) as Condition
  if (!('some' in value || 'none' in value || 'every' in value))
    return { ...inner, where: { AND: [inner.where ?? {}, limit] } }
  return {
    ...('some' in inner && { some: { AND: [inner.some, limit] } }),
    ...('none' in inner && { none: { AND: [inner.none, limit] } }),
    ...('every' in inner && { every: { OR: [inner.every, { NOT: limit }] } }),
  }
}

function namesNarrowed(part: unknown): boolean {
  if (Array.isArray(part)) return part.some(namesNarrowed)
  if (!isPlain(part)) return false
  return Object.entries(part).some(([name, value]) => name in narrowedRelations || namesNarrowed(value))
}

function isPlain(value: unknown): value is Condition {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
