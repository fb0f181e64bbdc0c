import { z } from 'zod'
import { idOf } from '@/lib/operations/input'

/** The input of operations on enablement. Every object is closed: an unknown key is an error. */

export const setEnablementSchema = z.strictObject({
  endpointId: idOf('endpoint'),
  methodId: idOf('authentication_method'),
  enabled: z.boolean(),
  /** The person has seen which flows lose the endpoint and has confirmed (rule R3). */
  confirmStranding: z.boolean().default(false),
})
export type SetEnablement = z.input<typeof setEnablementSchema>

const endpointIds = z.array(z.uuid()).max(20_000)

/** Grouped by method, because people toggle in bulk this way, and because thousands of cells then take less space. */
export const matrixChangesSchema = z
  .array(z.strictObject({ methodId: z.uuid(), enable: endpointIds, disable: endpointIds }))
  .max(200)
  .refine(eachMethodOnce, 'A method is listed twice.')
  .refine(eachCellOnce, 'An endpoint is both switched on and off for the same method.')
export type MatrixChanges = z.infer<typeof matrixChangesSchema>

function eachMethodOnce(changes: { methodId: string }[]): boolean {
  return new Set(changes.map((change) => change.methodId)).size === changes.length
}

function eachCellOnce(changes: { enable: string[]; disable: string[] }[]): boolean {
  return changes.every(({ enable, disable }) => {
    const enabled = new Set(enable)
    return disable.every((endpointId) => !enabled.has(endpointId))
  })
}

export const planMatrixSchema = z.strictObject({ connectorId: idOf('connector'), changes: matrixChangesSchema })
export const applyMatrixSchema = planMatrixSchema.extend({ confirmStranding: z.boolean().default(false) })
export type ApplyMatrix = z.output<typeof applyMatrixSchema>

export const offeredEndpointsSchema = z.strictObject({
  instanceId: idOf('instance'),
  search: z.string().max(200).default(''),
  after: z.string().max(4000).nullable().default(null),
})
export type OfferedEndpointsInput = z.input<typeof offeredEndpointsSchema>
