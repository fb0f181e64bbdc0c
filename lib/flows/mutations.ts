import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import { workspaceDb } from '@/lib/platform/db/client'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { permit, userIdOf, type Actor } from '@/lib/domain/access/actor'
import { foldName, freeKey, slugify } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { takeDraft } from './draft'
import { flowNotFound } from './queries'
import type { AddShape, CreateFlow, MoveShape, RemoveShape, UpdateFlow } from './schema'

const nameTaken = (name: string) =>
  refuse('name_taken', `There is already a flow called "${name}". Choose another name.`, 'name')

/** A new flow with an empty draft. */
export async function createFlow(actor: Actor, input: CreateFlow): Promise<Result<{ id: string }>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const db = workspaceDb(actor.workspaceId)
  try {
    return await db.$transaction(async (tx) => {
      const { workspaceId } = actor
      const userId = userIdOf(actor)
      // Creations in one workspace follow each other, so that each finds a free key.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`flow keys:${workspaceId}`}, 0))`
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
      await recordAudit(tx, actor, {
        action: 'create_flow',
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
}

export async function updateFlow(actor: Actor, input: UpdateFlow): Promise<Result<{ revision: number }>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  try {
    return await commitUnlessRefused(workspaceDb(actor.workspaceId), async (tx) => {
      const draft = await takeDraft(tx, actor, input.flowId, input.revision)
      if (!draft.ok) return draft
      await tx.flow.updateMany({
        where: { id: input.flowId },
        data: { name: input.name, foldedName: foldName(input.name), description: input.description },
      })
      const changes =
        draft.value.flowName === input.name ? {} : { name: { from: draft.value.flowName, to: input.name } }
      await recordAudit(tx, actor, {
        action: 'update_flow',
        objectType: 'flow',
        objectId: input.flowId,
        objectName: input.name,
        changes,
      })
      return succeed({ revision: draft.value.revision })
    })
  } catch (error) {
    if (!uniqueViolation(error)) throw error
    return nameTaken(input.name)
  }
}

/** Deletes a flow with its versions and shapes; the person types its name. */
export async function deleteFlow(actor: Actor, input: { flowId: string; typedName: string }): Promise<Result<null>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  return workspaceDb(actor.workspaceId).$transaction(async (tx) => {
    const flow = await tx.flow.findFirst({ where: { id: input.flowId } })
    if (!flow) return flowNotFound
    if (foldName(input.typedName) !== flow.foldedName)
      return refuse('invalid_input', `Type "${flow.name}" to delete it.`, 'typedName')
    await tx.flow.delete({ where: { id: flow.id } })
    await recordAudit(tx, actor, {
      action: 'delete_flow',
      objectType: 'flow',
      objectId: flow.id,
      objectName: flow.name,
    })
    return succeed(null)
  })
}

/** Adds a connection shape with nothing chosen yet. */
export async function addShape(actor: Actor, input: AddShape): Promise<Result<{ id: string; revision: number }>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  return commitUnlessRefused(workspaceDb(actor.workspaceId), async (tx) => {
    const draft = await takeDraft(tx, actor, input.flowId, input.revision)
    if (!draft.ok) return draft
    const { name, x: positionX, y: positionY } = input
    const shape = await tx.shape.create({
      data: { workspaceId: actor.workspaceId, flowVersionId: draft.value.id, name, positionX, positionY },
    })
    await recordAudit(tx, actor, {
      action: 'add_shape',
      objectType: 'shape',
      objectId: shape.id,
      objectName: name,
      changes: { flow: draft.value.flowName },
    })
    return succeed({ id: shape.id, revision: draft.value.revision })
  })
}

/** Where a shape lies says nothing about what it does: the last one to move it wins, and no revision is raised. */
export async function moveShape(actor: Actor, input: MoveShape): Promise<Result<null>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const { count } = await workspaceDb(actor.workspaceId).shape.updateMany({
    where: { id: input.shapeId, flowVersion: { flowId: input.flowId, state: 'draft' } },
    data: { positionX: input.x, positionY: input.y },
  })
  return count === 0 ? refuse('not_found', 'This shape was removed by someone else. Reload the page.') : succeed(null)
}

export async function removeShape(actor: Actor, input: RemoveShape): Promise<Result<{ revision: number }>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  return commitUnlessRefused(workspaceDb(actor.workspaceId), async (tx) => {
    const draft = await takeDraft(tx, actor, input.flowId, input.revision)
    if (!draft.ok) return draft
    const shape = await tx.shape.findFirst({ where: { id: input.shapeId, flowVersionId: draft.value.id } })
    if (!shape) return refuse('not_found', 'This shape was removed by someone else. Reload the page.')
    await tx.shape.delete({ where: { id: shape.id } })
    await recordAudit(tx, actor, {
      action: 'remove_shape',
      objectType: 'shape',
      objectId: shape.id,
      objectName: shape.name,
      changes: { flow: draft.value.flowName },
    })
    return succeed({ revision: draft.value.revision })
  })
}
