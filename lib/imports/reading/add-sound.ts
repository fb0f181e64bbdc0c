import { endpointDocument, type EndpointInput } from '../document-schema'
import type { ReportLine } from '../openapi/report'
import { quote, storable } from '../openapi/texts'
import { planEndpoint } from '../plan-connector'
import type { ItemBatches } from './item-batches'

/** Hands an endpoint over if it can be stored. @returns the line of the report if it cannot */
export function addSound(
  batches: ItemBatches,
  endpoint: EndpointInput,
  source: { key: string; pointer: string },
): ReportLine | null {
  const checked = endpointDocument.safeParse(endpoint)
  const plan = checked.success ? planEndpoint({ ...checked.data, key: '' }, () => true) : null
  if (plan?.ok) {
    batches.addEndpoint(endpoint, plan.value, source)
    return null
  }
  return {
    pointer: storable(source.pointer),
    kind: 'not_imported',
    message: storable(
      `The endpoint ${quote(endpoint.name)} was left out${plan ? `: ${plan.error.message}` : ', because it is not valid.'}`,
    ),
  }
}
