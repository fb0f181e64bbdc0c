import 'server-only'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { isFailing } from '@/lib/domain/failing'
import type { ShownStatus } from '@/lib/domain/vocabulary'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { flowSorts, listFlowsSchema } from './schema'
import { operation } from '@/lib/operations/operation'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { flowSummary, type FlowSummary, type ShapeNode } from './views'
import { shapesOfDrafts } from './shapes-of-drafts'

/**
 * One page of the flows whose name matches, each with the number of its shapes and the instances because of which it is
 * not ready. By default, flows with a failing instance come first.
 */
export const listFlows = operation({
  name: 'list_flows',
  permission: 'see',
  input: listFlowsSchema,
  output: listPageOf(flowSummary),
  run: async ({ actor, db }, params) => {
    const where: Prisma.FlowWhereInput =
      params.q === '' ? {} : { foldedName: { contains: likeLiteral(foldName(params.q)) } }
    const page = keyset<Prisma.FlowWhereInput, Prisma.FlowOrderByWithRelationInput>(params, flowSorts)
    const [rows, total] = await Promise.all([
      db.flow.findMany({ where: { AND: [where, page.where] }, orderBy: page.orderBy, take: page.take }),
      db.flow.count({ where }),
    ])
    const { items, ...rest } = toPage(rows, total, params, flowSorts)
    const shapes = await shapesOfDrafts(
      db,
      actor.workspaceId,
      items.map(({ id }) => id),
    )
    return succeed({
      ...rest,
      items: items.map(({ id, key, name, description, updatedAt }) => {
        const own = shapes.filter(({ flowId }) => flowId === id)
        const shapesNeedingAttention = own.filter((shape) => shape.state !== 'ready').length
        return {
          ...{ id, key, name, description, shapes: own.length, shapesNeedingAttention },
          stopped: stoppedIn(own),
          updatedAt: updatedAt.toISOString(),
        }
      }),
    })
  },
})

const isStopped = (status: ShownStatus) => status === 'disabled' || isFailing(status)

/** Without duplicates, because several shapes may use the same instance. */
function stoppedIn(shapes: readonly ShapeNode[]): FlowSummary['stopped'] {
  const instances = shapes.flatMap(({ instance }) => (instance && isStopped(instance.status) ? [instance] : []))
  const seen = new Map(instances.map(({ id, name, status }) => [id, { id, name, status }]))
  return [...seen.values()]
}
