import 'server-only'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { findInstances, planShapes } from './replacement-plan'
import {
  flowsPerReplacement,
  previewReplacementSchema,
  replacementPreview,
  shapesPerReplacement,
} from './replacement-views'

/** What *Replace this instance in flows* would do to each shape of a draft that uses the instance. Changes nothing. */
export const previewReplacement = operation({
  name: 'preview_replacement',
  permission: 'change',
  input: previewReplacementSchema,
  output: replacementPreview,
  run: async ({ db }, { instanceId, newInstanceId }) => {
    const pair = await findInstances(db, instanceId, newInstanceId)
    if (!pair.ok) return pair
    const using = { state: 'draft' as const, shapes: { some: { instanceId } } }
    const [found, total] = await Promise.all([
      db.flowVersion.findMany({
        where: using,
        orderBy: [{ flow: { foldedName: 'asc' } }, { id: 'asc' }],
        take: flowsPerReplacement,
        select: {
          ...{ id: true, revision: true, flow: { select: { id: true, name: true } } },
          _count: { select: { shapes: { where: { instanceId } } } },
        },
      }),
      db.flowVersion.count({ where: using }),
    ])
    const versions = firstOf(found)
    const shapes = await planShapes(
      db,
      pair.value,
      versions.map(({ id }) => id),
    )
    return succeed({
      flows: versions.map(({ id: versionId, revision, flow }) => ({
        ...{ id: flow.id, name: flow.name, revision },
        shapes: shapes
          .filter(({ flowVersionId }) => flowVersionId === versionId)
          .map(({ id, name, endpoint, effect, why }) => ({
            ...{ id, name, effect, why },
            endpointName: endpoint?.name ?? null,
          })),
      })),
      more: total - versions.length,
    })
  },
})

/** As many complete flows as one replacement can change, but at least one. */
function firstOf<Version extends { _count: { shapes: number } }>(versions: Version[]): Version[] {
  let shapes = 0
  const end = versions.findIndex(({ _count }, index) => (shapes += _count.shapes) > shapesPerReplacement && index > 0)
  return end === -1 ? versions : versions.slice(0, end)
}
