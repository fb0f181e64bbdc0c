import { connectorDocumentSchema, endpointDocument } from '@/lib/imports/document-schema'
import { Node } from '@/lib/imports/openapi/nodes'
import { planConnector } from '@/lib/imports/plan-connector'
import { mapPostman, type PostmanMapping } from '@/lib/imports/postman/map-postman'

/** Small collections, and what they become. */

type Json = Record<string, unknown>

export const schemaOf = (version = '2.1.0') =>
  `https://schema.getpostman.com/json/collection/v${version}/collection.json`

export function aCollection(item: unknown, more: Json = {}): Json {
  return { info: { name: 'Acme', schema: schemaOf() }, item, ...more }
}

/** A request for an address, or with more. */
export function aRequest(url: unknown, request: Json = {}, item: Json = {}): Json {
  return { name: 'Orders', ...item, request: { method: 'GET', url, ...request } }
}

/** Fields of an authentication as version 2.1 writes them. */
export function auth(type: string, fields: Json): Json {
  return { auth: { type, [type]: Object.entries(fields).map(([key, value]) => ({ key, value, type: 'string' })) } }
}

export function environment(name: string, values: Json, secret: readonly string[] = []): Json {
  const entries = Object.entries(values).map(([key, value]) => ({
    ...{ key, value, enabled: true, type: secret.includes(key) ? 'secret' : 'default' },
  }))
  return { name, values: entries, _postman_variable_scope: 'environment' }
}

/** Maps a collection and checks that the connector could be stored, and that no value of an instance is part of it. */
export function read(collection: Json, environments: readonly Json[] = []): PostmanMapping {
  const nodes = environments.map((root, index) => new Node(root, `environment-${index + 1}.json`))
  const mapped = mapPostman(collection, { environments: nodes })
  if (!mapped.ok) throw new Error(mapped.error.message)
  const document = connectorDocumentSchema.parse(mapped.value.connector)
  const plan = planConnector(document)
  if (!plan.ok) throw new Error(`${plan.error.field}: ${plan.error.message}`)
  for (const endpoint of mapped.value.connector.endpoints ?? []) endpointDocument.parse(endpoint)
  return mapped.value
}

export const endpointsOf = ({ connector }: PostmanMapping) => connector.endpoints ?? []
export const methodsOf = ({ connector }: PostmanMapping) => connector.methods ?? []
export const variablesOf = ({ connector }: PostmanMapping) => connector.variables ?? []

/** `in key=value`, `in key?` if it is optional. */
export function parametersOf(mapping: PostmanMapping, index = 0): string[] {
  return (endpointsOf(mapping)[index]?.parameters ?? []).map(({ in: place, key, value = '', required }) =>
    required === false ? `${place} ${key}?` : `${place} ${key}=${value}`,
  )
}

/** `kind pointer: message`, of lines that match. */
export function linesOf(mapping: PostmanMapping, pattern = /./): string[] {
  return mapping
    .report()
    .map(({ kind, pointer, message }) => `${kind} ${pointer}: ${message}`)
    .filter((line) => pattern.test(line))
}
