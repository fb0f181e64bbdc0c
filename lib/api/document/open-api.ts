import 'server-only'
import { z } from 'zod'
import { env } from '@/lib/platform/env'
import { problemSchema, problemType } from '../problem'
import { apiPath, parametersOf, type Route } from '../route'
import { routeGroups, type RouteGroup } from '../routes'
import {
  anyJson,
  asPatch,
  jsonSchemaOf,
  propertiesOf,
  requiredOf,
  withDefaults,
  withKeys,
  without,
  type JsonSchema,
} from './json-schema'

/**
 * The version of the API. A change that can break a program needs a new one, which a test asks for
 * (tests/integration/api/contract.test.ts).
 */
export const apiVersion = '1.0.0'

const description = [
  'Everything that people configure in Patchbay, for programs and agents, under the same rules.',
  'Send an API key as “Authorization: Bearer pb_…”. Administrators create keys under Settings, API keys.',
  'Connectors, instances and flows are addressed by ID or by key; endpoints and authentication methods by key below their connector.',
  'Lists are pages: the header Link leads to the next one. A change names the revision that it is based on: the ETag of the object, as If-Match.',
  'A POST that creates something can be repeated with the same Idempotency-Key for 24 hours.',
  'Refusals are problem details (RFC 9457) with a code that does not change.',
].join('\n\n')

/** The OpenAPI 3.1 document, generated from the operations and their schemas. */
export function openApiDocument(): JsonSchema {
  const components = new Map<string, JsonSchema>([
    ['Json', anyJson],
    ['Problem', jsonSchemaOf(problemSchema, 'output')],
  ])
  const paths = pathsOf(components)
  return {
    openapi: '3.1.1',
    info: {
      title: 'Patchbay API',
      version: apiVersion,
      description,
      contact: { name: 'The administrators of this installation', url: env().APP_URL },
      license: { name: 'As agreed with the administrators of this installation', url: env().APP_URL },
    },
    servers: [{ url: apiPath, description: 'This installation.' }],
    security: [{ apiKey: [] }, { session: [] }],
    tags: routeGroups.map(({ name, description: text }) => ({ name, description: text })),
    paths,
    components: {
      schemas: Object.fromEntries([...components].sort(([one], [other]) => (one < other ? -1 : 1))),
      responses: {
        Problem: {
          description: 'Refused: the code says why.',
          headers: rateLimitHeaders,
          content: { [problemType]: { schema: ref('schemas', 'Problem') } },
        },
      },
      headers: {
        RateLimit: {
          description: 'Requests that are left, and the seconds until there are more.',
          schema: { type: 'string' },
        },
        'RateLimit-Policy': { description: 'Requests in a window of seconds.', schema: { type: 'string' } },
      },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `pb_…`.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'patchbay-session',
          description: 'The session of a person, for pages of this installation only.',
        },
      },
    },
  }
}

type Components = Map<string, JsonSchema>

const ref = (kind: 'schemas' | 'responses' | 'headers', name: string): JsonSchema => ({
  $ref: `#/components/${kind}/${name}`,
})

const rateLimitHeaders = {
  RateLimit: ref('headers', 'RateLimit'),
  'RateLimit-Policy': ref('headers', 'RateLimit-Policy'),
}

function pathsOf(components: Components): JsonSchema {
  const paths: Record<string, JsonSchema> = {}
  for (const group of routeGroups)
    for (const route of group.routes) {
      const path = (paths[route.path] ??= {})
      path[route.method.toLowerCase()] = operationOf(route, group, components)
    }
  return paths
}

function operationOf(route: Route, { name }: RouteGroup, components: Components): JsonSchema {
  const { permission, restrictedKeys, callOnlyKeys } = route.operation.definition
  const body = bodyOf(route)
  return {
    operationId: route.id,
    tags: [name],
    summary: route.summary,
    description: [
      `${route.summary}. Needs the permission “${permission}”.`,
      restrictedKeys === 'allowed' ? 'Keys limited to some connectors or instances may use it.' : null,
      callOnlyKeys === 'allowed' ? 'Keys that may only call endpoints may use it.' : null,
    ]
      .filter((sentence) => sentence !== null)
      .join(' '),
    parameters: [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)],
    ...(body && { requestBody: body }),
    responses: {
      [route.status]: successOf(route, components),
      '4XX': ref('responses', 'Problem'),
      '5XX': ref('responses', 'Problem'),
    },
  }
}

const keyed: Record<string, string> = {
  connectorId: 'The ID or the key of a connector.',
  methodId: 'The ID or the key of an authentication method.',
  endpointId: 'The ID or the key of an endpoint.',
  instanceId: 'The ID or the key of an instance.',
  flowId: 'The ID or the key of a flow.',
}

function pathParameters({ path }: Route): JsonSchema[] {
  return parametersOf(path).map((name) => ({
    name,
    in: 'path',
    required: true,
    description: keyed[name] ?? 'An ID.',
    schema: { type: 'string' },
  }))
}

function inputOf(route: Route): JsonSchema {
  const { input } = route.operation.definition
  const schema = without(jsonSchemaOf(input, 'input'), route.hidden)
  return withKeys(schema, route.byKey ?? [])
}

/** The whole input of GET and DELETE; otherwise what is not in the body. */
function queryParameters(route: Route): JsonSchema[] {
  const input = inputOf(route)
  if (route.method !== 'GET' && route.method !== 'DELETE' && route.bodyIn === undefined) return []
  const schema = withDefaults(route.bodyIn === undefined ? input : without(input, [route.bodyIn]), route.defaults ?? {})
  return Object.entries(propertiesOf(schema)).map(([name, property]) => ({
    name,
    in: 'query',
    required: requiredOf(schema).includes(name),
    description: queryDescriptions[name] ?? `Filters by ${words(name)}.`,
    schema: property,
  }))
}

const queryDescriptions: Record<string, string> = {
  q: 'A text to search for.',
  search: 'A text to search for.',
  text: 'A text to search for.',
  sort: 'The order; with a minus sign in front, descending.',
  after: 'The cursor of the next page: `nextCursor` of the page before.',
  at: 'When it was sent: `at` of the list. The log is stored by day.',
  from: 'From this moment on.',
  to: 'Before this moment.',
  bySystem: 'Only requests that Patchbay sent by itself.',
  confirmed: 'You have seen what this breaks or asks, and want it.',
}

/** `connectorId` → `connector ID` */
function words(name: string): string {
  const spaced = name.replace(/Id$/, '').replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return name.endsWith('Id') ? `${spaced} ID` : spaced
}

function headerParameters({ needsRevision, resource, status }: Route): JsonSchema[] {
  return [
    ...(needsRevision
      ? [
          {
            name: 'If-Match',
            in: 'header',
            required: true,
            description: 'The ETag of the object that the change is based on.',
            schema: { type: 'string', pattern: '^"\\d+"$' },
          },
        ]
      : []),
    ...(resource && status === 201
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            description:
              'A text that you choose, such as a UUID. A repeat within 24 hours creates nothing and returns the object.',
            schema: { type: 'string', minLength: 1, maxLength: 255 },
          },
        ]
      : []),
  ]
}

function bodyOf(route: Route): JsonSchema | null {
  if (route.method === 'GET' || route.method === 'DELETE') return null
  const input = inputOf(route)
  const { bodyIn, defaults = {} } = route
  const whole = bodyIn === undefined ? input : propertiesOf(input)[bodyIn]!
  const given = (bodyIn === undefined ? defaults : (defaults[bodyIn] ?? {})) as JsonSchema
  const isChange = route.method === 'PATCH' && route.resource !== undefined
  const schema = isChange ? asPatch(whole) : withDefaults(whole, given)
  if (Object.keys(propertiesOf(schema)).length === 0) return null
  return {
    required: requiredOf(schema).length > 0,
    content: { [isChange ? 'application/merge-patch+json' : 'application/json']: { schema } },
  }
}

function successOf(route: Route, components: Components): JsonSchema {
  if (route.status === 204) return { description: 'Done.', headers: rateLimitHeaders }
  const { output } = route.operation.definition
  const isView = route.resource !== undefined && route.method !== 'GET'
  if (output instanceof z.ZodNull && !isView) return { description: 'Done.', headers: rateLimitHeaders }
  const schema = isView ? createdOrChanged(route, components) : outputOf(route, components)
  return {
    description: route.status === 201 ? 'Created.' : 'Done.',
    headers: { ...rateLimitHeaders, ...(hasRevision(route) && { ETag: revisionHeader }), ...locationOf(route) },
    content: { 'application/json': { schema } },
  }
}

const revisionHeader = { description: 'The revision, for If-Match.', schema: { type: 'string' } }

const locationOf = ({ status }: Route) =>
  status === 201 ? { Location: { description: 'The address of the object.', schema: { type: 'string' } } } : {}

function hasRevision({ operation, resource }: Route): boolean {
  const output = (resource?.operation ?? operation).definition.output
  return output instanceof z.ZodObject && 'revision' in output.shape
}

/** Views of objects have names; everything else is described where it is used. */
function outputOf(route: Route, components: Components): JsonSchema {
  const { output, name } = route.operation.definition
  const schema = jsonSchemaOf(output, 'output')
  if (output instanceof z.ZodArray)
    return { type: 'object', properties: { items: schema }, required: ['items'], additionalProperties: false }
  return route.resource ? named(nameOf(name), schema, components) : schema
}

/** The object's view, and what only the first response contains, such as a key or a link. */
function createdOrChanged(route: Route, components: Components): JsonSchema {
  const view = route.resource!.operation.definition
  const viewSchema = jsonSchemaOf(view.output, 'output')
  const own = jsonSchemaOf(route.extra?.schema ?? route.operation.definition.output, 'output')
  const more = Object.entries(propertiesOf(own)).filter(([name]) => !(name in propertiesOf(viewSchema)))
  const viewName = nameOf(view.name)
  const reference = named(viewName, viewSchema, components)
  if (more.length === 0) return reference
  return {
    ...viewSchema,
    properties: { ...propertiesOf(viewSchema), ...Object.fromEntries(more) },
  }
}

/** `get_api_key` → `ApiKey` */
function nameOf(operation: string): string {
  const words = operation.split('_').slice(1)
  return words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('')
}

function named(name: string, schema: JsonSchema, components: Components): JsonSchema {
  components.set(name, schema)
  return ref('schemas', name)
}
