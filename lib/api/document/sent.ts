import { isRepeatable, parametersOf, type Route } from '../route'
import {
  asPatch,
  jsonSchemaOf,
  propertiesOf,
  requiredOf,
  withDefaults,
  withKeys,
  without,
  type JsonSchema,
} from './json-schema'

/** What a program sends to a route: address, query, headers and body. */

export function parametersOfRoute(route: Route): JsonSchema[] {
  return [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)]
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
  if (route.method !== 'GET' && route.method !== 'DELETE' && route.bodyIn === undefined && !route.receive) return []
  const schema = withDefaults(route.bodyIn === undefined ? input : without(input, [route.bodyIn]), route.defaults ?? {})
  return Object.entries(propertiesOf(schema)).map(([name, property]) => ({
    name,
    in: 'query',
    required: requiredOf(schema).includes(name),
    description: queryDescriptions[name] ?? (route.receive ? described(property) : `Filters by ${words(name)}.`),
    schema: property,
  }))
}

/** By its own schema, which describes a property of a body. */
const described = ({ description = '' }: JsonSchema) => `${String(description)}.`

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

function headerParameters(route: Route): JsonSchema[] {
  return [
    ...(route.needsRevision
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
    ...(isRepeatable(route)
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            description: `A text that you choose, such as a UUID. A repeat within 24 hours creates nothing and returns ${
              route.again ? 'the IDs of what was created' : 'the object'
            }.`,
            schema: { type: 'string', minLength: 1, maxLength: 255 },
          },
        ]
      : []),
  ]
}

export function bodyOf(route: Route): JsonSchema | null {
  if (route.method === 'GET' || route.method === 'DELETE') return null
  if (route.receive) return { required: true, content: { 'application/octet-stream': { schema: {} } } }
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
