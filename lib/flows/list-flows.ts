import 'server-only'
import { Prisma } from '@/lib/platform/db/generated/client'
import { failingStatuses, isFailing } from '@/lib/domain/failing'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { firstThenRest } from '@/lib/platform/lists/first-then-rest'
import { keyset } from '@/lib/platform/lists/keyset'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { flowSorts, listFlowsSchema } from './schema'
import { operation } from '@/lib/operations/operation'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { flowSummary, type FlowSummary, type ShapeNode } from './views'
import { shapesOfDrafts } from './shapes-of-drafts'

/**
 * One page of the flows whose name matches, each with its shapes counted; those with a failing instance first (PRODUCT
 * §11).
 */
export const listFlows = operation({
  name: 'list_flows',
  permission: 'see',
  input: listFlowsSchema,
  output: listPageOf(flowSummary),
  run: async ({ actor, db }, params) => {
    const where: Prisma.FlowWhereInput =
      params.q === '' ? {} : { foldedName: { contains: likeLiteral(foldName(params.q)) } }
    const { workspaceId } = actor
    const failing: Prisma.FlowVersionWhereInput = {
      ...{ workspaceId, state: 'draft' },
      shapes: { some: { workspaceId, instance: { workspaceId, status: { in: [...failingStatuses] } } } },
    }
    const total = await db.flow.count({ where })
    const { items, ...rest } = await firstThenRest(params, flowSorts, total, (part, own) => {
      const page = keyset<Prisma.FlowWhereInput, Prisma.FlowOrderByWithRelationInput>(own, flowSorts)
      const health = { versions: part === 'first' ? { some: failing } : { none: failing } }
      return db.flow.findMany({ where: { AND: [where, health, page.where] }, orderBy: page.orderBy, take: page.take })
    })
    const shapes = await shapesOfDrafts(
      db,
      actor.workspaceId,
      items.map(({ id }) => id),
    )
    return succeed({
      ...rest,
      items: items.map(({ id, name, description, updatedAt }) => {
        const own = shapes.filter(({ flowId }) => flowId === id)
        const shapesNeedingAttention = own.filter((shape) => shape.state !== 'ready').length
        return {
          ...{ id, name, description, shapes: own.length, shapesNeedingAttention },
          failing: failingIn(own),
          updatedAt: updatedAt.toISOString(),
        }
      }),
    })
  },
})

/** Each instance once, however many shapes use it. */
function failingIn(shapes: readonly ShapeNode[]): FlowSummary['failing'] {
  const instances = shapes.flatMap(({ instance }) => (instance && isFailing(instance.status) ? [instance] : []))
  const seen = new Map(instances.map(({ id, name, status }) => [id, { id, name, status }]))
  return [...seen.values()]
}
