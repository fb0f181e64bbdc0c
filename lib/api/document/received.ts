import { z } from 'zod'
import type { Route } from '../route'
import { rateLimitHeaders, ref, type Components } from './components'
import { jsonSchemaOf, propertiesOf, type JsonSchema } from './json-schema'

/** What a program gets from a route if it is not refused. */

export function successOf(route: Route, components: Components): JsonSchema {
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
