import { partsOfPlan } from './apply/document-parts'
import { hashOf } from './hash-of'
import type { ConnectorPlan } from './plan-connector'

/**
 * The SHA-256 of a ready-made connector in normal form: another one means that the connector has changed, not only its
 * file.
 */
export function presetHash(plan: ConnectorPlan): string {
  return hashOf(JSON.stringify(partsOfPlan(plan, '')))
}
