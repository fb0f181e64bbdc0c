import { z } from 'zod'
import { parameterLocations } from '@/lib/domain/vocabulary'
import { idOf, revisionField } from '@/lib/operations/input'
import { keysOf, label, line, nameField, text } from '@/lib/domain/text-schema'
import { listParamsOf, textToFind } from '@/lib/platform/lists/list-schema'
import { variableKey } from '@/lib/domain/method-options/options-schema'
import { mostEndpointLines } from '@/lib/domain/requests/endpoint-lines'
import { endpointDefaults, endpointFields } from './fields'
import { endpointSorts } from './list-order'

/** The input of operations on endpoints. Every object is closed: an unknown key is refused. */

const { name, entityType, direction, httpMethod, url, bodyFormat, body } = endpointFields

export const connectorEndpointsSchema = z.strictObject({ connectorId: idOf('connector') })

export const listEndpointsSchema = z.strictObject({
  connectorId: idOf('connector'),
  ...listParamsOf(endpointSorts),
  /** Null: all types. */
  entityType: textToFind(200).nullable().default(null),
})
export type ListEndpoints = z.output<typeof listEndpointsSchema>

export const endpointIdsSchema = z.strictObject({ connectorId: idOf('connector'), endpointId: idOf('endpoint') })

/** The methods that are turned on for new endpoints (rule R2). */
const methodIds = z.array(z.uuid()).max(200).default([])

export const createEndpointsSchema = z.strictObject({
  connectorId: idOf('connector'),
  entityType,
  methodIds,
  endpoints: z
    .array(
      z.strictObject({
        name,
        direction,
        httpMethod,
        url,
        variables: z.array(variableKey).max(50, 'Enter at most 50 variables.'),
      }),
    )
    .min(1, 'Write at least one endpoint.')
    .max(mostEndpointLines, `Enter at most ${mostEndpointLines} endpoints at once.`),
})
export type CreateEndpoints = z.output<typeof createEndpointsSchema>

export const endpointParameterSchema = z.strictObject({
  /** Null for a new parameter. */
  id: z.uuid().nullable(),
  place: z.enum(keysOf(parameterLocations)),
  key: line(256).min(1, 'Enter a key.'),
  value: text(4096),
  required: z.boolean(),
  displayName: label(120),
  helpText: text(1000),
})
export type EndpointParameter = z.infer<typeof endpointParameterSchema>

const newParameter = endpointParameterSchema.omit({ id: true })

/** A variable of a new endpoint. Its display name and what else it may have are derived from its key. */
const newVariable = z.strictObject({
  key: variableKey,
  required: z.boolean().default(true),
  configurable: z.boolean().default(true),
  secret: z.boolean().default(false),
  defaultValue: text(4096).default(''),
})

export const createEndpointSchema = z.strictObject({
  connectorId: idOf('connector'),
  name,
  entityType,
  direction,
  httpMethod,
  url,
  methodIds,
  bodyFormat: bodyFormat.default(endpointDefaults.bodyFormat),
  body: body.default(endpointDefaults.body),
  parameters: z.array(newParameter).max(200, 'Enter at most 200 parameters.').default([]),
  variables: z.array(newVariable).max(100, 'Enter at most 100 variables.').default([]),
})
export type CreateEndpoint = z.input<typeof createEndpointSchema>

/** The complete definition, saved together. Variables and authentication are saved separately. */
export const saveEndpointSchema = z.strictObject({
  endpointId: idOf('endpoint'),
  revision: revisionField,
  ...endpointFields,
  parameters: z.array(endpointParameterSchema).max(200, 'Enter at most 200 parameters.'),
  /** The person has seen which flows fill a filter that is removed, and has confirmed. */
  confirmed: z.boolean().default(false),
})
export type SaveEndpoint = z.infer<typeof saveEndpointSchema>

export const cloneEndpointSchema = z.strictObject({ endpointId: idOf('endpoint'), name: nameField })
export type CloneEndpoint = z.infer<typeof cloneEndpointSchema>

export const deleteEndpointSchema = z.strictObject({ endpointId: idOf('endpoint'), typedName: z.string().max(200) })
export type DeleteEndpoint = z.infer<typeof deleteEndpointSchema>
