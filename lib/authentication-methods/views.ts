import { z } from 'zod'
import { clientAuthentications } from '@/lib/domain/method-options/option-choices'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import { keysOf } from '@/lib/domain/text-schema'
import {
  phaseDefinition,
  parameterDefinition,
  endpointDefinition,
  connectorDefinition,
  variableDefinition,
} from '@/lib/domain/definitions'
import { methodOptions } from '@/lib/domain/method-options/options-schema'
import { variableView, connectorVariableUse } from '@/lib/variables/views'
import { methodFields } from './fields'

/** A row of the connector's *Authentication* section. */
export const methodSummary = z.strictObject({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  type: z.enum(keysOf(authenticationTypes)),
  enabledEndpoints: z.number(),
  instances: z.number(),
  /** Unknown names in its templates: requests that use them are refused. */
  unknownVariables: z.array(z.string()),
  updatedAt: z.string(),
})
export type MethodSummary = z.infer<typeof methodSummary>

/** A variable that has a value on the method, shared by all its instances: since when, but never the value. */
export const sharedValue = z.strictObject({ variableId: z.string(), setAt: z.string() })
export type SharedValue = z.infer<typeof sharedValue>

/** *Authentication setup* of one method. */
export const methodDetail = z.strictObject({
  id: z.string(),
  /** Stable in its connector; programs may use it instead of the ID. */
  key: z.string(),
  connectorId: z.string(),
  connectorName: z.string(),
  type: z.enum(keysOf(authenticationTypes)),
  revision: z.number(),
  ...methodFields,
  /** Only the options of the type's groups. */
  options: methodOptions.partial(),
  phases: z.array(phaseDefinition),
  parameters: z.array(parameterDefinition),
  sharedValues: z.array(sharedValue),
  usedBy: z.strictObject({
    instances: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    instanceCount: z.number(),
    enabledEndpoints: z.number(),
    endpoints: z.number(),
  }),
})
export type MethodDetail = z.infer<typeof methodDetail>

/**
 * The redirect URIs of this installation; `configured` is false when the browser uses an address that is not configured.
 */
export const redirectUriView = z.strictObject({ uris: z.array(z.string()), configured: z.boolean() })
export type RedirectUriView = z.infer<typeof redirectUriView>

/** An endpoint that can be used as a test request: it only reads, and needs only credentials. */
export const testEndpoint = z.strictObject({ id: z.string(), name: z.string(), url: z.string() })
export type TestEndpoint = z.infer<typeof testEndpoint>

export const methodEndpoints = z.strictObject({
  testEndpoints: z.array(testEndpoint),
  sampleEndpoint: endpointDefinition.nullable(),
})
export type MethodEndpoints = z.infer<typeof methodEndpoints>

export const methodSetupView = z.strictObject({
  ...methodEndpoints.shape,
  method: methodDetail,
  connector: connectorDefinition,
  /** Own variables, and the connector variables that the method uses, with the method's flags. */
  variables: z.array(variableDefinition),
  own: z.array(variableView),
  uses: z.array(connectorVariableUse),
  /** Own variables that the method may have a value for. */
  shareable: z.array(variableDefinition),
})
export type MethodSetupView = z.infer<typeof methodSetupView>

export const addedMethod = z.strictObject({ id: z.uuid(), connectorId: z.uuid(), pendingOrigins: z.array(z.string()) })

/** The metadata that an authorisation server publishes about itself. */
export const discoveredServer = z.strictObject({
  issuer: z.string(),
  authoriseUrl: z.string().nullable(),
  tokenUrl: z.string().nullable(),
  revokeUrl: z.string().nullable(),
  issuerAdvertised: z.boolean(),
  pkce: z.enum(['S256', 'plain']).nullable(),
  clientAuthentication: z.enum(keysOf(clientAuthentications)).nullable(),
  scopes: z.array(z.string()),
  otherOrigins: z.array(z.string()),
})
