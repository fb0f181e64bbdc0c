import 'server-only'
import { z } from 'zod'
import { fact } from '@/lib/domain/history/compare-values'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { operation, type Context } from '@/lib/operations/operation'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { takeDraft, type Draft } from './draft'
import { lockStatus } from './lock-status'
import { findInstances, planShapes, type InstancePair, type PlannedShape } from './replacement-plan'
import { losesSomething } from './confirmed-flows'
import { replaceInstanceSchema, shapesPerReplacement, type ConfirmedFlow } from './replacement-views'
import { changesSince, comparedShape } from './shape-changes'

// Hundreds of shapes may have to wait for other changes of their flows.
const patience = { timeout: 30_000, maxWait: 10_000 }

/**
 * *Replace this instance in flows*: all shapes of the given drafts that use the instance use the other one afterwards,
 * or none of them changes. It is refused if somebody changed a flow after the preview (rule R12), or if a shape would
 * lose something that the preview did not show. A shape whose endpoint does not accept the new instance's method loses
 * its endpoint (rule R1), and one that may call another host loses its secrets (DATA §6).
 */
export const replaceInstance = operation({
  name: 'replace_instance',
  permission: 'change',
  input: replaceInstanceSchema,
  output: z.strictObject({ shapes: z.int(), flows: z.int() }),
  run: async (context, { instanceId, newInstanceId, flows }) =>
    context.transaction(async (tx) => {
      await lockStatus(tx, context.actor, newInstanceId)
      const pair = await findInstances(tx, instanceId, newInstanceId)
      if (!pair.ok) return pair
      const drafts = await takeDrafts(tx, context, flows)
      if (!drafts.ok) return drafts
      const versionIds = drafts.value.map(({ id }) => id)
      if (await areTooMany(tx, instanceId, versionIds)) return tooManyShapes()
      const shapes = await planShapes(tx, pair.value, versionIds)
      if (!agreesWithPreview(shapes, flows)) return changedSincePreview()
      for (const shape of shapes) {
        const draft = drafts.value.find(({ id }) => id === shape.flowVersionId)!
        await replaceIn(tx, context, { shape, draft, pair: pair.value })
      }
      const changed = new Set(shapes.map(({ flowVersionId }) => flowVersionId))
      return succeed({ shapes: shapes.length, flows: changed.size })
    }, patience),
})

/** In the order of their IDs, like everything else that locks several flows, to prevent deadlocks. */
async function takeDrafts(
  tx: WorkspaceTransaction,
  { actor }: Context,
  flows: { flowId: string; revision: number }[],
): Promise<Result<Draft[]>> {
  const drafts: Draft[] = []
  for (const { flowId, revision } of [...flows].sort((one, other) => (one.flowId < other.flowId ? -1 : 1))) {
    const draft = await takeDraft(tx, actor, flowId, revision)
    if (!draft.ok) return draft
    drafts.push(draft.value)
  }
  return succeed(drafts)
}

/** The preview has the same limit. A single flow may have more shapes, because a flow is always changed as a whole. */
async function areTooMany(tx: WorkspaceTransaction, instanceId: string, versionIds: string[]): Promise<boolean> {
  if (versionIds.length === 1) return false
  return (await tx.shape.count({ where: { instanceId, flowVersionId: { in: versionIds } } })) > shapesPerReplacement
}

const tooManyShapes = () =>
  refuse(
    'invalid_input',
    `One replacement changes at most ${shapesPerReplacement} shapes. Choose fewer flows.`,
    'flows',
  )

/** The revision of a flow does not cover the enablements, the base URL and the method of the new instance. */
function agreesWithPreview(shapes: PlannedShape[], flows: ConfirmedFlow[]): boolean {
  const confirmed = new Map(flows.flatMap(({ losing }) => losing.map(({ shapeId, effect }) => [shapeId, effect])))
  return shapes.every(({ id, effect }) => !losesSomething(effect) || confirmed.get(id) === effect)
}

const changedSincePreview = () =>
  refuse('changed_by_someone_else', 'What happens to these shapes has changed since the preview. Look at it again.')

async function replaceIn(
  tx: WorkspaceTransaction,
  { audit }: Context,
  { shape, draft, pair }: { shape: PlannedShape; draft: Draft; pair: InstancePair },
): Promise<void> {
  const before = await comparedShape(tx, { id: shape.id })
  if (!before) return
  const keepsEndpoint = shape.effect === 'keeps_endpoint' || shape.effect === 'loses_secrets'
  await tx.shape.updateMany({
    where: { id: shape.id },
    data: { instanceId: pair.to.id, ...(!keepsEndpoint && { endpointId: null }) },
  })
  if (shape.effect !== 'keeps_endpoint')
    await tx.shapeValue.deleteMany({
      where: { shapeId: shape.id, ...(keepsEndpoint && { sealedValue: { not: null } }) },
    })
  await audit(tx, {
    objectType: 'shape',
    objectId: shape.id,
    objectName: shape.name,
    partOfId: draft.flowId,
    changes: [...fact('flow', draft.flowName), ...(await changesSince(tx, before))],
  })
}
