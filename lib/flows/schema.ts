import { z } from 'zod'
import { listParamsOf } from '@/lib/platform/lists/list-schema'
import { idOf, revisionField } from '@/lib/operations/input'
import { asTyped, nameField, text } from '@/lib/domain/text-schema'
import type { SortColumns } from '@/lib/platform/lists/list-page'

/** The input of operations on process flows. Every object is closed: an unknown key is refused. */

/** Default: failing flows first, then by name. */
export const flowSorts = {
  failing: { column: 'rank', kind: 'text' },
  name: { column: 'foldedName', kind: 'text' },
  updated: { column: 'updatedAt', kind: 'date' },
} as const satisfies SortColumns

export const listFlowsSchema = z.strictObject(listParamsOf(flowSorts))

/** The only list of a flow's fields. The input and the audited fields derive from it. */
export const flowFields = { name: nameField, description: text(1000) }

export const createFlowSchema = z.strictObject(flowFields)
export type CreateFlow = z.infer<typeof createFlowSchema>

const draft = { flowId: idOf('flow'), revision: asTyped(revisionField) }

export const updateFlowSchema = z.strictObject({ ...draft, ...flowFields })
export type UpdateFlow = z.infer<typeof updateFlowSchema>

export const deleteFlowSchema = z.strictObject({ flowId: idOf('flow'), typedName: z.string().max(200) })

const position = z.number().min(-100_000).max(100_000)

export const addShapeSchema = z.strictObject({
  ...draft,
  name: nameField,
  x: position,
  y: position,
  /** The shape that it follows; null: the trigger. Default: the last shape. */
  parentId: z.uuid().nullable().optional(),
})
export type AddShape = z.infer<typeof addShapeSchema>

export const moveShapeSchema = z.strictObject({
  flowId: idOf('flow'),
  shapeId: idOf('shape'),
  x: position,
  y: position,
})
export type MoveShape = z.infer<typeof moveShapeSchema>

export const reorderShapeSchema = z.strictObject({
  ...draft,
  shapeId: idOf('shape'),
  /** The shape that it is to follow; null: the trigger. */
  parentId: z.uuid().nullable(),
})

export const removeShapeSchema = z.strictObject({ ...draft, shapeId: idOf('shape') })
export type RemoveShape = z.infer<typeof removeShapeSchema>
