import { byText } from '@/lib/domain/by-text'
import { isObject } from '@/lib/domain/is-object'
import { sameJson } from '@/lib/domain/same-json'
import { detailsInDocument, endpointInDocument, keyedMethodInDocument } from '../connector-to-document'
import type { ConnectorPlan } from '../plan-connector'
import type { ConnectorParts } from '../read-connector-document'

/**
 * What a document would change in a connector: both are cut into parts, which are compared by their keys. A part is
 * written in the normal form of documents.
 */

export const partKinds = ['connector', 'variable', 'parameters', 'method', 'endpoint', 'schema'] as const
export type PartKind = (typeof partKinds)[number]

export type Part = { kind: PartKind; key: string; name: string; value: unknown }

export type PartChange = {
  kind: PartKind
  key: string
  name: string
  /** Null: the part is added. */
  before: unknown
  /** Null: the part is not in the document. */
  after: unknown
}

type Named = { key: string; name: string }

/**
 * The parts of a connector as it is.
 * @param methodKeys of the document: of other methods it cannot say whether an endpoint accepts them
 */
export async function partsOfConnector(
  { details, methods, endpoints, schemas }: ConnectorParts,
  methodKeys: ReadonlySet<string>,
): Promise<Part[]> {
  const parts = [...partsOfDetails(details), ...methods.map(methodPart)]
  for await (const some of endpoints) parts.push(...some.map((written) => endpointPart(written, methodKeys)))
  for await (const some of schemas) parts.push(...some.map(schemaPart))
  return parts
}

/**
 * The parts of a document.
 * @param key of the connector, which a document does not change
 */
export function partsOfPlan(plan: ConnectorPlan, key: string): Part[] {
  const order = plan.methods.map((method) => method.key)
  const methodKeys = new Set(order)
  return [
    ...partsOfDetails(detailsInDocument({ ...plan, key })),
    ...plan.methods.map((method) => methodPart(keyedMethodInDocument(method))),
    ...plan.endpoints.map((endpoint) => endpointPart(endpointInDocument(endpoint, order), methodKeys)),
    ...plan.schemas.map(schemaPart),
  ]
}

/** In the order of kinds, then by key. */
export function compareParts(before: readonly Part[], after: readonly Part[]): PartChange[] {
  const earlier = new Map(before.map((part) => [idOf(part), part]))
  const later = new Map(after.map((part) => [idOf(part), part]))
  const changes = [...new Map([...earlier, ...later])].flatMap(([id, { kind, key, name }]): PartChange[] => {
    const [one, other] = [earlier.get(id)?.value ?? null, later.get(id)?.value ?? null]
    return sameJson(one, other) ? [] : [{ kind, key, name, before: one, after: other }]
  })
  return inOrder(changes)
}

/** By kind, then by key. */
export function inOrder<Given extends { kind: PartKind; key: string }>(parts: Given[]): Given[] {
  return parts.sort(byText(({ kind, key }) => `${partKinds.indexOf(kind)} ${key}`))
}

function idOf({ kind, key }: Part): string {
  return `${kind} ${key}`
}

/** The order of its variables means nothing: a form may change it. */
function named(kind: PartKind, value: Named & { variables?: { key: string }[] }): Part {
  const { variables } = value
  const compared = variables ? { ...value, variables: variables.toSorted(byText(({ key }) => key)) } : value
  return { kind, key: value.key, name: value.name, value: compared }
}

/** The parts of a document without methods, endpoints and schemas. */
export function partsOfDetails(written: object): Part[] {
  const {
    variables = [],
    parameters = [],
    ...details
  } = written as Named & {
    variables?: { key: string; displayName?: string }[]
    parameters?: unknown[]
  }
  return [
    named('connector', details),
    ...variables.map((value): Part => ({
      kind: 'variable',
      key: value.key,
      name: value.displayName ?? value.key,
      value,
    })),
    { kind: 'parameters', key: '', name: '', value: parameters },
  ]
}

export function methodPart(written: object): Part {
  return named('method', written as Named)
}

/** The order in which the methods are listed means nothing. */
export function endpointPart(written: object, methodKeys: ReadonlySet<string>): Part {
  const { accepts = [], ...rest } = written as Named & { accepts?: string[] }
  const listed = accepts.filter((key) => methodKeys.has(key)).toSorted()
  return named('endpoint', { ...rest, ...(listed.length > 0 && { accepts: listed }) })
}

/** False is a schema too, so each is in an object. */
export function schemaPart([name, schema]: [string, unknown]): Part {
  return { kind: 'schema', key: name, name, value: isObject(schema) ? schema : { schema } }
}
