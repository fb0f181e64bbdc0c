import { refuse, type Result } from '@/lib/domain/result'
import type { ConnectorDocument } from './document-schema'
import { planConnector, type ConnectorPlan } from './plan-connector'

/** Plans a connection document. The message of a refusal begins with the path in the document. */
export function planDocument(document: ConnectorDocument): Result<ConnectorPlan> {
  const plan = planConnector(document)
  if (plan.ok) return plan
  const { code, field, message } = plan.error
  return refuse(code, field === undefined ? message : `${field}: ${message}`, 'document')
}
