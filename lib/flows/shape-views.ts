import { z } from 'zod'
import { httpMethods, shownStatuses } from '@/lib/domain/vocabulary'
import { keysOf } from '@/lib/domain/text-schema'
import { variableDefinition, parameterDefinition } from '@/lib/domain/definitions'
import { offeredEndpoints } from '@/lib/enablement/views'

/** An instance in the picker, which leaves out instances that await their first authorisation. */
export const instanceOption = z.strictObject({
  id: z.string(),
  name: z.string(),
  status: z.enum(keysOf(shownStatuses)),
  statusReason: z.string(),
  connectorId: z.string(),
  connectorName: z.string(),
  methodName: z.string(),
})
export type InstanceOption = z.infer<typeof instanceOption>

/** The value of an endpoint variable in a shape. For a secret, only whether it is set. */
export const shapeVariable = z.strictObject({ definition: variableDefinition, value: z.string(), isSet: z.boolean() })
export type ShapeVariable = z.infer<typeof shapeVariable>

export const shapeFilter = z.strictObject({ definition: parameterDefinition, value: z.string().nullable() })
export type ShapeFilter = z.infer<typeof shapeFilter>

export const chosenEndpoint = z.strictObject({
  id: z.string(),
  name: z.string(),
  entityType: z.string(),
  httpMethod: z.enum(httpMethods),
  url: z.string(),
  /** Whether it accepts the chosen instance's method now (rules R1 and R3). */
  available: z.boolean(),
  variables: z.array(shapeVariable),
  filters: z.array(shapeFilter),
})
export type ChosenEndpoint = z.infer<typeof chosenEndpoint>

/** The settings panel of one shape, for the saved or the chosen instance and endpoint. */
export const shapeSettings = z.strictObject({
  id: z.string(),
  flowId: z.string(),
  /** Of the flow's draft. */
  revision: z.number(),
  name: z.string(),
  timeoutSeconds: z.number().nullable(),
  saved: z.strictObject({
    instanceId: z.string().nullable(),
    instanceName: z.string().nullable(),
    endpointId: z.string().nullable(),
    endpointName: z.string().nullable(),
  }),
  instance: instanceOption.nullable(),
  endpoint: chosenEndpoint.nullable(),
  /** The first page of endpoints for the chosen instance. */
  offered: offeredEndpoints.nullable(),
  /** Why no endpoint can be offered. */
  offeredRefusal: z.string().nullable(),
  /** The timeout of the method, which applies if the shape sets none. */
  defaultTimeoutSeconds: z.number().nullable(),
})
export type ShapeSettings = z.infer<typeof shapeSettings>
