import 'server-only'
import { shownStatus } from '@/lib/domain/disabled'
import { refuse } from '@/lib/domain/result'
import type { InstanceStatus } from '@/lib/domain/vocabulary'
import type { InstanceOption } from './shape-views'

export const shapeNotFound = refuse('not_found', 'This shape was removed from the flow. Reload the page.')

export const optionColumns = {
  id: true,
  name: true,
  status: true,
  disabledAt: true,
  statusReason: true,
  connectorId: true,
  connector: { select: { name: true, versionLabel: true, disabledAt: true } },
  method: { select: { name: true, timeoutSeconds: true } },
} as const

export type OptionRow = Omit<InstanceOption, 'status' | 'connectorName' | 'methodName'> & {
  status: InstanceStatus
  disabledAt: Date | null
  connector: { name: string; versionLabel: string; disabledAt: Date | null }
  method: { name: string }
}

export function optionOf(row: OptionRow): InstanceOption {
  const { id, name, statusReason, connectorId, connector, method } = row
  return {
    ...{ id, name, statusReason },
    status: shownStatus(row),
    connectorId,
    connectorName: [connector.name, connector.versionLabel].filter(Boolean).join(' '),
    methodName: method.name,
  }
}
