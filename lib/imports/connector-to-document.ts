import type { DefaultVariable } from '@/lib/domain/authentication/types'
import type { ParameterDefinition } from '@/lib/domain/definitions'
import { endpointDefaults, endpointFieldsOf, type EndpointFields } from '@/lib/endpoints/fields'
import { connectorDocumentSchema, connectorDocumentVersion } from './document-schema'
import { methodInDocument, type ExportedMethod } from './method-to-document'
import { changed, variableFields, withoutEmpty, type ExportedVariable } from './normal-form'
import type { ConnectorPlan } from './plan-connector'

/**
 * Writes a connector as a document of version 2 in normal form: everything that equals its default is omitted, methods
 * and endpoints have their keys, and the order is the same for the same connector.
 */

export type ExportedDetails = Pick<ConnectorPlan, 'details'> & {
  key: string
  parameters: readonly Pick<ParameterDefinition, 'place' | 'key' | 'value'>[]
  variables: readonly ExportedVariable[]
}

export type ExportedEndpoint = EndpointFields & {
  key: string
  variables: readonly (ExportedVariable | DefaultVariable)[]
  parameters: readonly Omit<ParameterDefinition, 'id' | 'phases' | 'steps'>[]
  /** Keys of methods. */
  accepts: readonly string[]
  requestSchema: string | null
  responseSchema: string | null
}

const empty = connectorDocumentSchema.parse({ patchbay: connectorDocumentVersion, kind: 'connector', name: 'x' })

/** Everything but methods, endpoints and schemas. */
export function detailsInDocument({ key, details, variables, parameters }: ExportedDetails): object {
  const { name, rateLimitAmount, rateLimitUnit, ...fields } = details
  const rateLimit = rateLimitAmount === null ? null : { amount: rateLimitAmount, per: rateLimitUnit }
  const inOrder = Object.keys(empty).filter((field) => field in fields || field === 'rateLimit')
  const given: Record<string, unknown> = { ...fields, rateLimit }
  return {
    ...{ patchbay: connectorDocumentVersion, kind: 'connector', key, name },
    ...changed(Object.fromEntries(inOrder.map((field) => [field, given[field]])), empty),
    ...withoutEmpty({
      variables: variables.map((variable) => variableFields(variable, [])),
      parameters: parameters.map(({ place, key: sent, value }) => ({ in: place, key: sent, value })),
    }),
  }
}

export function keyedMethodInDocument({ key, ...method }: ExportedMethod & { key: string }): { key: string } {
  return { key, ...methodInDocument(method) }
}

/** @param methodOrder the connector's methods, by key */
export function endpointInDocument(
  { key, variables, parameters, accepts, requestSchema, responseSchema, ...endpoint }: ExportedEndpoint,
  methodOrder: readonly string[],
): { key: string; name: string } {
  const { name, httpMethod, ...fields } = endpointFieldsOf(endpoint)
  return {
    ...{ key, name },
    ...(httpMethod !== 'GET' && { method: httpMethod }),
    ...changed(fields, endpointDefaults),
    ...withoutEmpty({
      variables: variables.map((variable) => variableFields(variable, [])),
      parameters: parameters.map(parameterFields),
      accepts: methodOrder.filter((method) => accepts.includes(method)),
      requestSchema,
      responseSchema,
    }),
  }
}

function parameterFields({
  place,
  key,
  value,
  required,
  displayName,
  helpText,
}: ExportedEndpoint['parameters'][number]): object {
  return {
    ...{ in: place, key },
    ...withoutEmpty({ value, ...(!required && { required }), displayName, helpText }),
  }
}
