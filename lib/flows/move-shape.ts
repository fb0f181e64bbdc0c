import 'server-only'
import { refuse, succeed } from '@/lib/domain/result'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { moveShapeSchema } from './schema'

/** The position of a shape has no effect on what it does, so the last move wins and the revision stays the same. */
export const moveShape = operation({
  name: 'move_shape',
  permission: 'change',
  input: moveShapeSchema,
  output: z.null(),
  run: async ({ db }, input) => {
    const { count } = await db.shape.updateMany({
      where: { id: input.shapeId, flowVersion: { flowId: input.flowId, state: 'draft' } },
      data: { positionX: input.x, positionY: input.y },
    })
    return count === 0 ? refuse('not_found', 'This shape was removed by someone else. Reload the page.') : succeed(null)
  },
})
