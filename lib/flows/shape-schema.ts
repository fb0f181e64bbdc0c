import { z } from 'zod'
import { idOf, idToFind, revisionField } from '@/lib/operations/input'
import { nameField, text } from '@/lib/domain/text-schema'

/** The input of operations on a connection shape. Every object is closed: an unknown key is refused. */

const value = text(4096)

/**
 * The value of an endpoint variable; `null` clears it. A variable that is not listed keeps its value, such as a secret
 * that was not typed again (rule R10).
 */
const variableValue = z.strictObject({ variableId: z.uuid(), value: value.nullable() })
/** The value of an optional parameter. The list replaces all filters of the shape. */
const filterValue = z.strictObject({ parameterId: z.uuid(), value })

export const saveShapeSchema = z.strictObject({
  flowId: idOf('flow'),
  /** The revision of the flow's draft. */
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

/** `choice`: the instance and endpoint that are being chosen, instead of the saved ones. */
export const shapeSettingsSchema = z.strictObject({
  flowId: idOf('flow'),
  shapeId: idOf('shape'),
  choice: z.strictObject({ instanceId: idToFind.optional(), endpointId: idToFind.optional() }).default({}),
})
