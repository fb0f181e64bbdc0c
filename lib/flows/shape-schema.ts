import { z } from 'zod'
import { idOf, idToFind, revisionField } from '@/lib/operations/input'
import { nameField, text } from '@/lib/domain/text-schema'

/** What a client may send about a connection shape. Every object is closed: an unknown key is refused. */

const value = text(4096)

/**
 * Of an endpoint variable; `null` clears it. A secret that was not typed again is not listed: untouched means keep
 * (rule R10).
 */
const variableValue = z.strictObject({ variableId: z.uuid(), value: value.nullable() })
/** Of an optional parameter; the list is the whole of the shape's filters. */
const filterValue = z.strictObject({ parameterId: z.uuid(), value })

export const saveShapeSchema = z.strictObject({
  flowId: idOf('flow'),
  /** Of the flow's draft. */
  revision: revisionField,
  shapeId: idOf('shape'),
  name: nameField,
  instanceId: z.uuid().nullable(),
  endpointId: z.uuid().nullable(),
  timeoutSeconds: z
    .int('Enter a whole number of seconds.')
    .min(1, 'Enter at least 1 second.')
    .max(300, 'Enter at most 300 seconds.')
    .nullable(),
  values: z.array(variableValue).max(200),
  filters: z.array(filterValue).max(200),
})
export type SaveShape = z.infer<typeof saveShapeSchema>

export const runShapeSchema = z.strictObject({ flowId: idOf('flow'), shapeId: idOf('shape') })

export const instanceSearchSchema = z.strictObject({ search: z.string().max(200) })

/** What is being chosen instead of what is saved. */
export const shapeSettingsSchema = z.strictObject({
  flowId: idOf('flow'),
  shapeId: idOf('shape'),
  choice: z.strictObject({ instanceId: idToFind.optional(), endpointId: idToFind.optional() }).default({}),
})
