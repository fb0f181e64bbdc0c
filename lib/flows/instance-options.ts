import 'server-only'
import { refuse } from '@/lib/domain/result'
import type { InstanceOption } from './shape-views'

export const shapeNotFound = refuse('not_found', 'This shape was removed from the flow. Reload the page.')

export const optionColumns = {
  id: true,
  name: true,
  status: true,
  statusReason: true,
  connectorId: true,
  connector: { select: { name: true, versionLabel: true } },
  method: { select: { name: true, timeoutSeconds: true } },
} as const

export type OptionRow = Omit<InstanceOption, 'connectorName' | 'methodName'> & {
  connector: { name: string; versionLabel: string }
  method: { name: string }
}

export function optionOf({
  id,
  name,
  status,
  statusReason,
  connectorId,
  connector,
  method,
}: OptionRow): InstanceOption {
  return {
    id,
    name,
    status,
    statusReason,
    connectorId,
    connectorName: [connector.name, connector.versionLabel].filter(Boolean).join(' '),
    methodName: method.name,
  }
}
