import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'
import { flowDetail } from './views'
import { shapesOfDrafts } from './shapes-of-drafts'

/** A flow's draft with every shape and whether it can run. */
export const getFlow = operation({
  name: 'get_flow',
  permission: 'see',
  input: z.strictObject({ flowId: idOf('flow') }),
  output: flowDetail,
  run: async ({ actor, db }, { flowId }) => {
    const flow = await db.flow.findFirst({
      where: { id: flowId },
      include: { versions: { where: { state: 'draft' }, select: { revision: true, updatedAt: true } } },
    })
    const [draft] = flow?.versions ?? []
    if (!flow || !draft) return notFound('flow')
    const shapes = await shapesOfDrafts(db, actor.workspaceId, [flow.id])
    return succeed({
      id: flow.id,
      key: flow.key,
      name: flow.name,
      description: flow.description,
      revision: draft.revision,
      updatedAt: draft.updatedAt.toISOString(),
      shapes: shapes.map(({ flowId: _, ...shape }) => shape),
    })
  },
})
