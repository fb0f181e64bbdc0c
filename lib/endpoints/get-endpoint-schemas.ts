import 'server-only'
import { z } from 'zod'
import { isObject } from '@/lib/domain/is-object'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { endpointIdsSchema } from './schema'
import { endpointSchemas } from './views'

/** A response stays small enough to be read; a few APIs have schemas that refer to thousands of others. */
const mostSchemas = 300
const mostCharacters = 1_000_000
/** Each level is a query. */
const mostLevels = 20

/**
 * The JSON Schemas (2020-12) of an endpoint's request and response, with the schemas of the connector that they refer to
 * in `$defs`.
 */
export const getEndpointSchemas = operation({
  name: 'get_endpoint_schemas',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: endpointIdsSchema,
  output: endpointSchemas,
  run: async ({ db }, { connectorId, endpointId }) => {
    const endpoint = await db.endpoint.findFirst({
      where: { id: endpointId, connectorId },
      select: { requestSchema: true, responseSchema: true },
    })
    if (!endpoint) return notFound('endpoint')
    return succeed({
      request: await schemaCalled(db, connectorId, endpoint.requestSchema),
      response: await schemaCalled(db, connectorId, endpoint.responseSchema),
    })
  },
})

async function schemaCalled(
  db: WorkspaceDb,
  connectorId: string,
  name: string | null,
): Promise<z.infer<typeof endpointSchemas>['request']> {
  if (name === null) return null
  const found = new Map<string, unknown>()
  let wanted = [name]
  let characters = 0
  for (let level = 0; level < mostLevels && wanted.length > 0; level += 1) {
    if (found.size + wanted.length > mostSchemas || characters > mostCharacters) break
    const rows = await db.connectorSchema.findMany({
      where: { connectorId, name: { in: wanted } },
      select: { name: true, schema: true },
    })
    for (const row of rows) found.set(row.name, row.schema)
    characters += rows.reduce((sum, { schema }) => sum + JSON.stringify(schema).length, 0)
    const named = new Set(rows.flatMap(({ schema }) => namesIn(schema)))
    wanted = [...named].filter((each) => !found.has(each))
  }
  const { [name]: own = true, ...others } = Object.fromEntries(found)
  const schema = isObject(own) ? own : own === false ? { not: {} } : {}
  const isRecursive =
    namesIn(own).includes(name) || Object.values(others).some((other) => namesIn(other).includes(name))
  const defs = { ...others, ...(isRecursive && { [name]: own }) }
  const whole = Object.keys(defs).length > 0 ? { ...schema, $defs: defs } : schema
  return { name, complete: wanted.length === 0, schema: JSON.stringify(whole, null, 2) }
}

/** The names that `#/$defs/NAME` refers to. */
function namesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const reference = /^#\/\$defs\/([^/]+)$/.exec(String((schema as { $ref?: unknown }).$ref))?.[1]
  const own = reference === undefined ? [] : [reference.replaceAll('~1', '/').replaceAll('~0', '~')]
  return [...own, ...Object.values(schema).flatMap(namesIn)]
}
