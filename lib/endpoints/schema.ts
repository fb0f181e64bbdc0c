import { z } from 'zod'
import { bodyFormats, directions, httpMethods, parameterPlaces } from '@/lib/domain/vocabulary'
import { keysOf, line, nameField, text } from '@/lib/platform/forms/text-schema'

/** What a client may send about endpoints. Every object is closed: an unknown key is refused. */

const details = {
  name: nameField,
  entityType: line(80).trim(),
  direction: z.enum(keysOf(directions), 'Choose Receive or Send.'),
  httpMethod: z.enum(httpMethods, 'Choose an HTTP method.'),
  url: line(2048).trim().min(1, 'Enter the URL, such as /orders or https://api.example.com/orders.'),
}

export const createEndpointSchema = z.strictObject({ connectorId: z.uuid(), ...details })
export type CreateEndpoint = z.infer<typeof createEndpointSchema>

export const endpointParameterSchema = z.strictObject({
  /** Of an existing parameter; a new one has none. */
  id: z.uuid().nullable(),
  place: z.enum(keysOf(parameterPlaces)),
  key: line(256).min(1, 'Enter a key.'),
  value: text(4096),
  required: z.boolean(),
  displayName: line(120).trim(),
  helpText: text(1000),
})
export type EndpointParameter = z.infer<typeof endpointParameterSchema>

/** The whole definition, saved at once; variables and authentication are saved on their own. */
export const saveEndpointSchema = z.strictObject({
  endpointId: z.uuid(),
  revision: z.int().positive(),
  ...details,
  deprecated: z.boolean(),
  bodyFormat: z.enum(keysOf(bodyFormats)),
  body: text(65_536),
  dataPath: line(512).trim(),
  parameters: z.array(endpointParameterSchema).max(200, 'At most 200 parameters.'),
  /** The person has seen which flows fill a filter that goes, and wants it all the same. */
  confirmed: z.boolean().default(false),
})
export type SaveEndpoint = z.infer<typeof saveEndpointSchema>

export const cloneEndpointSchema = z.strictObject({ endpointId: z.uuid(), name: nameField })
export type CloneEndpoint = z.infer<typeof cloneEndpointSchema>

export const deleteEndpointSchema = z.strictObject({ endpointId: z.uuid(), typedName: z.string().max(200) })
export type DeleteEndpoint = z.infer<typeof deleteEndpointSchema>
