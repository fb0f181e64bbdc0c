import 'server-only'
import { apiPath } from '@/lib/domain/api-path'
import { env } from '@/lib/platform/env'
import { sessionCookieName } from '@/lib/platform/session/cookie'
import { problemSchema, problemType } from '../problem'
import type { Route } from '../route'
import { routeGroups, type RouteGroup } from '../routes'
import { callItem, callPath } from './call-item'
import { rateLimitHeaders, ref, type Components } from './components'
import { jsonSchemaOf, type JsonSchema } from './json-schema'
import { successOf } from './received'
import { bodyOf, parametersOfRoute } from './sent'

/**
 * The version of the API. A change that can break a program needs a new one, which a test asks for
 * (tests/integration/api/contract.test.ts).
 */
export const apiVersion = '1.1.0'

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
  const components = new Map<string, JsonSchema>([['Problem', jsonSchemaOf(problemSchema, 'output')]])
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
          name: sessionCookieName(),
          description: 'The session of a person, for pages of this installation only.',
        },
      },
    },
  }
}

function pathsOf(components: Components): JsonSchema {
  const paths: Record<string, JsonSchema> = {}
  for (const group of routeGroups)
    for (const route of group.routes) {
      const path = (paths[route.path] ??= {})
      path[route.method.toLowerCase()] = operationOf(route, group, components)
    }
  paths[callPath] = callItem
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
    parameters: parametersOfRoute(route),
    ...(body && { requestBody: body }),
    responses: {
      [route.status]: successOf(route, components),
      '4XX': ref('responses', 'Problem'),
      '5XX': ref('responses', 'Problem'),
    },
  }
}
