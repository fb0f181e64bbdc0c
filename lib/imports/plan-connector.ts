import { planMethod, type MethodPlan } from '@/lib/authentication-methods/plan-method'
import { planVariables } from '@/lib/authentication-methods/plan-variables'
import { checkConnectorParameters } from '@/lib/connector-parameters/check-connector-parameters'
import type { SaveConnectorParameters } from '@/lib/connector-parameters/schema'
import { checkDetails } from '@/lib/connectors/check-details'
import type { DefaultVariable } from '@/lib/domain/authentication/types'
import { checkAllowedHost } from '@/lib/domain/urls/allowed-hosts'
import { foldName } from '@/lib/domain/names'
import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import type { ParameterLocation } from '@/lib/domain/vocabulary'
import { checkEndpoint, hasBodyTemplate } from '@/lib/endpoints/check-endpoint'
import { keysOfDocument, type KeyedEndpoint } from './document-keys'
import type { ConnectorDocument } from './document-schema'

export type ConnectorPlan = {
  /** Null: made of the name. */
  key: string | null
  details: Omit<
    ConnectorDocument,
    | '$schema'
    | 'patchbay'
    | 'kind'
    | 'key'
    | 'rateLimit'
    | 'variables'
    | 'parameters'
    | 'methods'
    | 'endpoints'
    | 'schemas'
  > & {
    rateLimitAmount: number | null
    rateLimitUnit: 'second' | 'minute' | 'hour' | 'day' | null
  }
  variables: DefaultVariable[]
  parameters: Omit<SaveConnectorParameters['parameters'][number], 'id'>[]
  methods: (MethodPlan & { key: string })[]
  endpoints: EndpointPlan[]
  /** JSON Schemas (2020-12) by name. */
  schemas: [name: string, schema: unknown][]
}

/** `accepts`: keys of methods. */
export type EndpointPlan = Omit<KeyedEndpoint, 'method' | 'variables' | 'parameters'> & {
  httpMethod: KeyedEndpoint['method']
  variables: DefaultVariable[]
  parameters: {
    place: ParameterLocation
    key: string
    value: string
    required: boolean
    displayName: string
    helpText: string
  }[]
}

/**
 * Plans a whole connector and checks it by the same rules as the forms. An error's field is the path in the document.
 */
export function planConnector(document: ConnectorDocument): Result<ConnectorPlan> {
  const keyed = keysOfDocument(document)
  if (!keyed.ok) return keyed
  const {
    $schema: _schema,
    patchbay: _version,
    kind: _kind,
    methods: _methods,
    endpoints: _endpoints,
    ...rest
  } = document
  const { key = null, rateLimit, variables, parameters: shared, schemas, ...given } = rest
  const details = { ...given, rateLimitAmount: rateLimit?.amount ?? null, rateLimitUnit: rateLimit?.per ?? null }
  const sound = checkDetails({ ...details, rateLimitUnit: details.rateLimitUnit ?? 'second' })
  if (!sound.ok) return sound
  const wrong = given.allowedHosts.findIndex((host) => !checkAllowedHost(host).ok)
  if (wrong >= 0)
    return refuse(
      'invalid_input',
      `“${given.allowedHosts[wrong]}” is not a host. Enter a host such as api.myapp.com or *.myapp.com.`,
      `allowedHosts.${wrong}`,
    )
  const own = planVariables([], variables)
  if (!own.ok) return own
  const parameters = shared.map(({ in: place, key, value }) => ({ place, key, value }))
  const sent = checkConnectorParameters(parameters)
  if (!sent.ok) return sent
  const methods = planAll(keyed.value.methods, 'methods', (method) => {
    const plan = planMethod(method)
    return plan.ok ? succeed({ ...plan.value, key: method.key }) : plan
  })
  if (!methods.ok) return methods
  const endpoints = planAll(keyed.value.endpoints, 'endpoints', (endpoint) =>
    planEndpoint(endpoint, (name) => Object.hasOwn(schemas, name)),
  )
  if (!endpoints.ok) return endpoints
  return succeed({
    ...{ key, details, variables: own.value, parameters },
    ...{ methods: methods.value, endpoints: endpoints.value, schemas: Object.entries(schemas) },
  })
}

/** Plans each item. Names must be unique ignoring case, as in the database. */
function planAll<Given extends { name: string }, Plan>(
  list: readonly Given[],
  field: string,
  plan: (item: Given) => Result<Plan>,
): Result<Plan[]> {
  const names = new Set<string>()
  const planned: Plan[] = []
  for (const [index, item] of list.entries()) {
    const path = `${field}.${index}`
    if (names.has(foldName(item.name)))
      return refuse('name_taken', `The name “${item.name}” is used twice.`, `${path}.name`)
    names.add(foldName(item.name))
    const result = plan(item)
    if (!result.ok) return { ok: false, error: within(result.error, path) }
    planned.push(result.value)
  }
  return succeed(planned)
}

function within(refusal: Refusal, path: string): Refusal {
  return { ...refusal, field: refusal.field === undefined ? path : `${path}.${refusal.field}` }
}

/**
 * Plans one endpoint.
 * @param hasSchema whether the connector has the schema
 */
export function planEndpoint(
  { method: httpMethod, variables, parameters, ...endpoint }: KeyedEndpoint,
  hasSchema: (name: string) => boolean,
): Result<EndpointPlan> {
  const own = planVariables([], variables)
  if (!own.ok) return own
  const planned = parameters.map(({ in: place, displayName = '', helpText = '', ...parameter }) => ({
    ...parameter,
    place,
    displayName,
    helpText,
  }))
  const sound = checkEndpoint({ ...endpoint, parameters: planned.map((parameter) => ({ ...parameter, id: null })) })
  if (!sound.ok) return sound
  for (const field of ['requestSchema', 'responseSchema'] as const) {
    const name = endpoint[field]
    if (name !== null && !hasSchema(name))
      return refuse('invalid_input', `This document has no schema “${name}”.`, field)
  }
  // A form consists of parameters, so a template would never be sent.
  const body = hasBodyTemplate(endpoint.bodyFormat) ? endpoint.body : ''
  return succeed({ ...endpoint, body, httpMethod, variables: own.value, parameters: planned })
}
