import type { MethodInDocument } from '@/lib/authentication-methods/document-schema'
import { freeKeys, type FreeNames } from '@/lib/domain/free-names'
import { slugify } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { ConnectorDocument, EndpointInDocument } from './document-schema'

export type KeyedMethod = MethodInDocument & { key: string }
/** `accepts`: keys of methods. */
export type KeyedEndpoint = EndpointInDocument & { key: string }

/**
 * Gives each method and endpoint of a document its key, and turns the names in `accepts` of a document of version 1 into
 * keys. A refusal's field is the path in the document.
 */
export function keysOfDocument({
  patchbay,
  methods,
  endpoints,
}: ConnectorDocument): Result<{ methods: KeyedMethod[]; endpoints: KeyedEndpoint[] }> {
  const keyedMethods = withKeys(methods, 'methods')
  if (!keyedMethods.ok) return keyedMethods
  const keyedEndpoints = withKeys(endpoints, 'endpoints')
  if (!keyedEndpoints.ok) return keyedEndpoints
  const called = new Map(keyedMethods.value.map(({ key, name }) => [patchbay === 1 ? name : key, key]))
  const accepting: KeyedEndpoint[] = []
  for (const [index, endpoint] of keyedEndpoints.value.entries()) {
    const unknown = endpoint.accepts.find((method) => !called.has(method))
    if (unknown !== undefined)
      return refuse(
        'invalid_input',
        `This document has no authentication method “${unknown}”.`,
        `endpoints.${index}.accepts`,
      )
    accepting.push({ ...endpoint, accepts: [...new Set(endpoint.accepts.map((method) => called.get(method)!))] })
  }
  return succeed({ methods: keyedMethods.value, endpoints: accepting })
}

function withKeys<Item extends { key?: string | undefined; name: string }>(
  items: readonly Item[],
  field: string,
): Result<(Item & { key: string })[]> {
  const keys: FreeNames = freeKeys()
  const twice = items.findIndex(({ key }) => key !== undefined && !keys.take(key))
  if (twice >= 0)
    return refuse('invalid_input', `The key “${items[twice]!.key}” is used twice.`, `${field}.${twice}.key`)
  return succeed(items.map((item) => ({ ...item, key: item.key ?? keys.takeFree(slugify(item.name)) })))
}
