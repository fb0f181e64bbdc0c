import { methodDocument } from '@/lib/authentication-methods/document-schema'
import { planMethod } from '@/lib/authentication-methods/plan-method'
import { withMadeVariable } from '../apply/made-variables'
import { detailsInDocument, endpointInDocument, keyedMethodInDocument } from '../connector-to-document'
import { connectorDocumentSchema, connectorDocumentVersion, endpointDocument } from '../document-schema'
import { planConnector, planEndpoint, type EndpointPlan } from '../plan-connector'

/**
 * What the items of an import say, as parts of a connector's document in normal form, so that they can be compared with
 * those that the connector has. Null for an item that this version of Patchbay cannot read any more.
 */

export type PartValue = Record<string, unknown> & { key: string }

/** @param keys of the connector's methods, by the names that the item uses for them; the others are left out */
export function endpointOfItem(
  definition: unknown,
  { key, keys }: { key: string; keys: ReadonlyMap<string, string> },
): PartValue | null {
  const plan = planOfEndpoint(definition, { key, keys })
  return plan && { ...endpointInDocument(plan, plan.accepts) }
}

/** The same as it is planned. */
export function planOfEndpoint(
  definition: unknown,
  { key, keys }: { key: string; keys: ReadonlyMap<string, string> },
): EndpointPlan | null {
  const read = endpointDocument.safeParse(definition)
  if (!read.success) return null
  const accepts = [...new Set(read.data.accepts.flatMap((name) => keys.get(name) ?? []))]
  const plan = planEndpoint({ ...read.data, key, accepts }, () => true)
  return plan.ok ? plan.value : null
}

/** @param here the connector's method, which may have variables that were made when it was written */
export function methodOfItem(definition: unknown, key: string, here: object | null): PartValue | null {
  const read = methodDocument.safeParse(definition)
  const plan = read.success ? planMethod(read.data) : null
  if (!plan?.ok) return null
  return { ...keyedMethodInDocument({ ...withMadeVariable(plan.value, here ?? undefined), key }) }
}

/** Name, base URL, variables and everything else that is neither a method nor an endpoint. */
export function detailsOfItem(definition: unknown, key: string): PartValue | null {
  const plan = planOfDetails(definition)
  return plan?.ok ? ({ ...detailsInDocument({ ...plan.value, key }) } as PartValue) : null
}

function planOfDetails(definition: unknown) {
  const read = connectorDocumentSchema.safeParse({
    ...(definition as object),
    ...{ patchbay: connectorDocumentVersion, methods: [], endpoints: [], schemas: {} },
  })
  return read.success ? planConnector(read.data) : null
}
