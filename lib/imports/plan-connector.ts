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
import { checkEndpoint } from '@/lib/endpoints/check-endpoint'
import type { ConnectorDocument, EndpointInDocument } from './document-schema'

export type ConnectorPlan = {
  details: Omit<
    ConnectorDocument,
    '$schema' | 'patchbay' | 'kind' | 'rateLimit' | 'variables' | 'parameters' | 'methods' | 'endpoints'
  > & {
    rateLimitAmount: number | null
    rateLimitUnit: 'second' | 'minute' | 'hour' | 'day' | null
  }
  variables: DefaultVariable[]
  parameters: Omit<SaveConnectorParameters['parameters'][number], 'id'>[]
  methods: MethodPlan[]
  endpoints: EndpointPlan[]
}

export type EndpointPlan = Omit<EndpointInDocument, 'method' | 'variables' | 'parameters' | 'accepts'> & {
  httpMethod: EndpointInDocument['method']
  variables: DefaultVariable[]
  parameters: {
    place: ParameterLocation
    key: string
    value: string
    required: boolean
    displayName: string
    helpText: string
  }[]
  accepts: string[]
}

/**
 * Plans a whole connector and checks it by the same rules as the forms. An error's field is the path in the document.
 */
export function planConnector({
  $schema: _schema,
  patchbay: _version,
  kind: _kind,
  rateLimit,
  variables,
  parameters: shared,
  methods,
  endpoints,
  ...given
}: ConnectorDocument): Result<ConnectorPlan> {
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
  const plannedMethods = planAll(methods, 'methods', (method) => planMethod(method))
  if (!plannedMethods.ok) return plannedMethods
  const plannedEndpoints = planAll(endpoints, 'endpoints', (endpoint) =>
    planEndpoint(
      endpoint,
      methods.map(({ name }) => name),
    ),
  )
  if (!plannedEndpoints.ok) return plannedEndpoints
  return succeed({
    ...{ details, variables: own.value, parameters },
    ...{ methods: plannedMethods.value, endpoints: plannedEndpoints.value },
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

function planEndpoint(
  { method: httpMethod, variables, parameters, accepts, ...endpoint }: EndpointInDocument,
  methodNames: readonly string[],
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
  const unknown = accepts.find((name) => !methodNames.includes(name))
  if (unknown) return refuse('invalid_input', `This document has no authentication method “${unknown}”.`, 'accepts')
  return succeed({ ...endpoint, httpMethod, variables: own.value, parameters: planned, accepts })
}
