import { z } from 'zod'
import { line, text } from '@/lib/platform/forms/text-schema'

/** What a client may send about a connection shape. Every object is closed: an unknown key is refused. */

const value = text(4096)

/** Of an endpoint variable; `null` clears it. A secret that was not typed again is not listed: untouched means keep (rule R10). */
const variableValue = z.strictObject({ variableId: z.uuid(), value: value.nullable() })
/** Of an optional parameter; the list is the whole of the shape's filters. */
const filterValue = z.strictObject({ parameterId: z.uuid(), value })

export const saveShapeSchema = z.strictObject({
  flowId: z.uuid(),
  /** Of the flow's draft. */
  revision: z.int().min(1),
  shapeId: z.uuid(),
  name: line(120).trim().min(1, 'Enter a name.'),
  instanceId: z.uuid().nullable(),
  endpointId: z.uuid().nullable(),
  timeoutSeconds: z.int('Whole seconds.').min(1, 'At least 1 second.').max(300, 'At most 300 seconds.').nullable(),
  values: z.array(variableValue).max(200),
  filters: z.array(filterValue).max(200),
})
export type SaveShape = z.infer<typeof saveShapeSchema>

export const runShapeSchema = z.strictObject({ flowId: z.uuid(), shapeId: z.uuid() })

export const offeredSchema = z.strictObject({
  instanceId: z.uuid(),
  search: z.string().max(200),
  after: z.string().max(2000).nullable(),
})
export const instanceSearchSchema = z.strictObject({ search: z.string().max(200) })
