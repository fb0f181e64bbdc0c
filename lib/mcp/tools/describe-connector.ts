import { z } from 'zod'
import { listMethods } from '@/lib/authentication-methods/list-methods'
import type { MethodSummary } from '@/lib/authentication-methods/views'
import { getConnector } from '@/lib/connectors/get-connector'
import type { ConnectorDetail } from '@/lib/connectors/views'
import { succeed } from '@/lib/domain/result'
import { listEndpoints } from '@/lib/endpoints/list-endpoints'
import type { EndpointSummary } from '@/lib/endpoints/views'
import { bytesOf, cut, itemsWithin } from '../cut'
import { connectorInput, connectorNamed } from '../named'
import { cursorInput, nextCursor, pageOf, readCursor } from '../page'
import { reads, tool } from '../tool'

const [methodBytes, acceptedBytes] = [16 * 1024, 2 * 1024]

const method = z.strictObject({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  type: z.string(),
  enabledEndpoints: z.int(),
  instances: z.int(),
})
const endpoint = z.strictObject({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  entityType: z.string(),
  httpMethod: z.string(),
  url: z.string(),
  deprecated: z.boolean(),
  methods: z.array(z.string()).describe('Names of the authentication methods that it accepts.'),
})

export const describeConnector = tool({
  name: 'describe_connector',
  title: 'Describe a connector',
  description:
    'Shows a connector with its authentication methods and a page of all its endpoints, each with the methods that it accepts. What one instance may call is in list_instance_endpoints.',
  annotations: reads,
  operations: [getConnector, listMethods, listEndpoints],
  input: z.strictObject({
    connector: connectorInput,
    search: z.string().max(200).default('').describe('Part of the name, entity type or URL of an endpoint.'),
    cursor: cursorInput,
  }),
  output: z.strictObject({
    id: z.string(),
    key: z.string(),
    name: z.string(),
    versionLabel: z.string(),
    description: z.string(),
    baseUrl: z.string(),
    documentationUrl: z.string(),
    disabled: z.boolean(),
    instances: z.int(),
    methods: z.array(method),
    moreMethods: z.int().describe('How many were left out because there are too many.'),
    endpoints: z.array(endpoint),
    totalEndpoints: z.int(),
    nextCursor,
  }),
  run: async (actor, { connector, search, cursor }) => {
    const at = readCursor(cursor)
    if (!at.ok) return at
    const named = await connectorNamed(actor, connector)
    if (!named.ok) return named
    const connectorId = named.value
    const [detail, methods, endpoints] = await Promise.all([
      getConnector(actor, { connectorId }),
      listMethods(actor, { connectorId }),
      listEndpoints(actor, { connectorId, q: search, after: at.value.after }),
    ])
    if (!detail.ok) return detail
    if (!methods.ok) return methods
    if (!endpoints.ok) return endpoints
    const head = { ...shown(detail.value), ...shownMethods(methods.value) }
    const { items, nextCursor } = pageOf(endpoints.value, at.value, shownEndpoint, 1_024 + bytesOf(head))
    return succeed({ ...head, endpoints: items, totalEndpoints: endpoints.value.total, nextCursor })
  },
})

function shown({ id, key, name, versionLabel, description, baseUrl, documentationUrl, ...more }: ConnectorDetail) {
  return {
    ...{ id, key, name, versionLabel, description: cut(description, 1_000), baseUrl: cut(baseUrl, 1_000) },
    ...{ documentationUrl: cut(documentationUrl, 1_000), disabled: more.disabled !== null, instances: more.instances },
  }
}

function shownMethods(methods: readonly MethodSummary[]) {
  const all = methods.map(({ id, key, name, type, enabledEndpoints, instances }) => ({
    ...{ id, key, name, type, enabledEndpoints, instances },
  }))
  const first = itemsWithin(all, methodBytes)
  return { methods: first, moreMethods: methods.length - first.length }
}

function shownEndpoint({ id, key, name, entityType, httpMethod, url, deprecated, methods }: EndpointSummary) {
  const accepted = itemsWithin(methods, acceptedBytes)
  return { ...{ id, key, name, entityType, httpMethod, url: cut(url, 300), deprecated }, methods: accepted }
}
