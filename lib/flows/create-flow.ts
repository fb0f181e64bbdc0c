import 'server-only'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { lockUntilCommit } from '@/lib/platform/db/lock-until-commit'
import { userIdOf } from '@/lib/domain/access/actor'
import { foldName, freeKey, slugify } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { createFlowSchema } from './schema'
import { nameTaken } from './flow-name-taken'

/** Creates a flow with an empty draft. */
export const createFlow = operation({
  name: 'create_flow',
  permission: 'change',
  input: createFlowSchema,
  output: z.strictObject({ id: z.uuid() }),
  run: async ({ actor, transaction, audit }, input) => {
    try {
      return await transaction(async (tx) => {
        const { workspaceId } = actor
        const userId = userIdOf(actor)
        // Only one flow of a workspace is created at a time, so that each gets a free key.
        await lockUntilCommit(tx, `flow keys:${workspaceId}`)
        const similar = await tx.flow.findMany({
          where: { key: { startsWith: slugify(input.name) } },
          select: { key: true },
        })
        const key = freeKey(input.name, new Set(similar.map((flow) => flow.key)))
        const flow = await tx.flow.create({
          data: {
            workspaceId,
            key,
            name: input.name,
            foldedName: foldName(input.name),
            description: input.description,
            updatedById: userId,
          },
        })
        await tx.flowVersion.create({ data: { workspaceId, flowId: flow.id, updatedById: userId } })
        await audit(tx, {
          objectType: 'flow',
          objectId: flow.id,
          objectName: input.name,
        })
        return succeed({ id: flow.id })
      })
    } catch (error) {
      if (!uniqueViolation(error)) throw error
      return nameTaken(input.name)
    }
  },
})
