import { z } from 'zod'
import {
  bodyFormats,
  directions,
  httpMethods,
  inputKinds,
  parameterLocations,
  phaseKinds,
  variableLevels,
} from './vocabulary'
import { paginationSchema } from './pagination-schema'
import { keysOf } from './text-schema'

/** A connector's definition as the rules read it: plain data, no credentials, no database types. */
export const selectOption = z.strictObject({ value: z.string(), label: z.string() })
export type SelectOption = z.infer<typeof selectOption>

export const variableDefinition = z.strictObject({
  id: z.string(),
  level: z.enum(variableLevels),
  /** `[A-Za-z_][A-Za-z0-9_]*`, case-sensitive, unique in its level. */
  key: z.string(),
  displayName: z.string(),
  helpText: z.string(),
  /** The third party's name for it. */
  alias: z.string(),
  defaultValue: z.string(),
  required: z.boolean(),
  configurable: z.boolean(),
  advanced: z.boolean(),
  secret: z.boolean(),
  locked: z.boolean(),
  inputKind: z.enum(keysOf(inputKinds)),
  options: z.array(selectOption),
  /** A safe regular expression that the whole value must match; empty for any value. */
  pattern: z.string(),
})
export type VariableDefinition = z.infer<typeof variableDefinition>

export const parameterDefinition = z.strictObject({
  id: z.string(),
  place: z.enum(keysOf(parameterLocations)),
  /** Sent exactly as typed. */
  key: z.string(),
  /** Template. */
  value: z.string(),
  required: z.boolean(),
  displayName: z.string(),
  helpText: z.string(),
  /** The requests of a method that send it; empty for a parameter of an endpoint or of the connector. */
  phases: z.array(z.enum(keysOf(phaseKinds))),
  /** For phases with several requests, the ones that send it, from 0; empty: all. */
  steps: z.array(z.number()),
})
export type ParameterDefinition = z.infer<typeof parameterDefinition>

export const successRule = z.strictObject({
  /** Statuses that mean accepted; empty or absent: any 2xx. */
  statuses: z.array(z.number()).optional(),
  /** JSONPath that must exist in the response. */
  jsonPath: z.string().optional(),
  /** Statuses that mean rejected, besides 401 and 403. */
  rejectedStatuses: z.array(z.number()).optional(),
  /** JSONPath that means rejected if it exists and, if `rejectedValue` is set, has that value. */
  rejectedPath: z.string().optional(),
  rejectedValue: z.string().optional(),
})
export type SuccessRule = z.infer<typeof successRule>

/** A value of a response to store as a variable. `path` is a source: see `response-source`. */
export const extraction = z.strictObject({ variable: z.string(), path: z.string(), secret: z.boolean() })
export type Extraction = z.infer<typeof extraction>

export const phaseDefinition = z.strictObject({
  kind: z.enum(keysOf(phaseKinds)),
  /** Phases with several requests (get token, test request, after-connect lookup) number them from 0. */
  step: z.number(),
  httpMethod: z.enum(httpMethods).nullable(),
  /** Template. */
  url: z.string().nullable(),
  bodyFormat: z.enum(keysOf(bodyFormats)).nullable(),
  /** Template of the whole body. */
  body: z.string().nullable(),
  clientAuthentication: z.string().nullable(),
  successRule: successRule.nullable(),
  extract: z.array(extraction).nullable(),
})
export type PhaseDefinition = z.infer<typeof phaseDefinition>

export const endpointDefinition = z.strictObject({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  entityType: z.string(),
  direction: z.enum(keysOf(directions)),
  httpMethod: z.enum(httpMethods),
  /** Template, absolute or relative to the connector's base URL. */
  url: z.string(),
  bodyFormat: z.enum(keysOf(bodyFormats)),
  body: z.string(),
  dataPath: z.string(),
  pagination: paginationSchema,
  variables: z.array(variableDefinition),
  parameters: z.array(parameterDefinition),
})
export type EndpointDefinition = z.infer<typeof endpointDefinition>

export const connectorDefinition = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Template. */
  baseUrl: z.string(),
  /** `api.myapp.com` or `*.myapp.com`: the hosts that URL variables and untrusted values may lead to. */
  allowedHosts: z.array(z.string()),
  variables: z.array(variableDefinition),
  /** Sent with every endpoint request and test request, unless the method or the endpoint sends the same key. */
  parameters: z.array(parameterDefinition),
})
export type ConnectorDefinition = z.infer<typeof connectorDefinition>
