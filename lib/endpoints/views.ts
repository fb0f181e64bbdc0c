import { z } from 'zod'
import { parameterLocations, phaseKinds } from '@/lib/domain/vocabulary'
import { keysOf } from '@/lib/domain/text-schema'
import { endpointFields } from './fields'

/** A row of the connector's *Endpoints* section. */
export const endpointSummary = z.strictObject({
  id: z.uuid(),
  key: z.string(),
  name: z.string(),
  entityType: z.string(),
  direction: endpointFields.direction,
  httpMethod: endpointFields.httpMethod,
  url: z.string(),
  deprecated: z.boolean(),
  /** The names of the methods that it accepts. */
  methods: z.array(z.string()),
  /** Unknown names in its templates: requests that use them are refused. */
  unknownVariables: z.array(z.string()),
  updatedAt: z.iso.datetime(),
})
export type EndpointSummary = z.infer<typeof endpointSummary>

const namedSchema = z.strictObject({
  name: z.string(),
  /** JSON Schema (2020-12) as JSON. */
  schema: z.string(),
  /** False if it refers to more schemas than are returned. */
  complete: z.boolean(),
})
/** JSON Schemas; null where the endpoint has none. */
export const endpointSchemas = z.strictObject({ request: namedSchema.nullable(), response: namedSchema.nullable() })
export type EndpointSchemas = z.infer<typeof endpointSchemas>

export const entityTypeCount = z.strictObject({ entityType: z.string(), endpoints: z.int() })
export type EntityTypeCount = z.infer<typeof entityTypeCount>

/** A variable that a template of the endpoint may use; those of the nearest level come first. */
export const namedVariable = z.strictObject({
  key: z.string(),
  label: z.string(),
  secret: z.boolean(),
  origin: z.string(),
})
export type NamedVariable = z.infer<typeof namedVariable>

/** A parameter of an endpoint, of a method or of a connector, as its editor shows it. */
export const parameterView = z.strictObject({
  id: z.uuid(),
  place: z.enum(keysOf(parameterLocations)),
  key: z.string(),
  value: z.string(),
  required: z.boolean(),
  displayName: z.string(),
  helpText: z.string(),
  phases: z.array(z.enum(keysOf(phaseKinds))),
  steps: z.array(z.int()),
})

/** The flows that use an object: their number, and the first few by name. */
export const usedByFlows = z.strictObject({
  flows: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
  flowCount: z.int(),
})
export type UsedByFlows = z.infer<typeof usedByFlows>

/** *Endpoint details* and *Endpoint setup* of one endpoint. */
export const endpointDetail = z.strictObject({
  id: z.uuid(),
  /** Stable in its connector; programs may use it instead of the ID. */
  key: z.string(),
  connectorId: z.uuid(),
  connectorName: z.string(),
  /** Template; the base of relative URLs. */
  baseUrl: z.string(),
  revision: z.int(),
  ...endpointFields,
  parameters: z.array(parameterView),
  /** Parameters of the connector, which are sent unless the endpoint or the method sends the same key. */
  sharedParameters: z.array(parameterView),
  namedVariables: z.array(namedVariable),
  usedBy: usedByFlows,
  updatedAt: z.iso.datetime(),
})
export type EndpointDetail = z.infer<typeof endpointDetail>
