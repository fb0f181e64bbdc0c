import 'server-only'
import { instanceMatches } from '@/lib/connectors/instance-matches'
import { shownStatus } from '@/lib/domain/disabled'
import { foldName } from '@/lib/domain/names'
import { refuse } from '@/lib/domain/result'
import type { InstanceStatus } from '@/lib/domain/vocabulary'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
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

const optionsShown = 50

/**
 * The instances that can be chosen: authorised ones whose name matches the text, the first fifty by name.
 * @param matching the condition for a matching instance
 * @param also further conditions
 */
export function findOptions(
  db: WorkspaceDb,
  search: string,
  also: Prisma.InstanceWhereInput = {},
  matching: (text: string) => Prisma.InstanceWhereInput = instanceMatches,
) {
  const text = foldName(search.replaceAll('\0', ''))
  return db.instance.findMany({
    where: { ...also, status: { not: 'awaiting_authorisation' }, ...(text !== '' && matching(text)) },
    orderBy: [{ foldedName: 'asc' }, { id: 'asc' }],
    take: optionsShown,
    select: { ...optionColumns, methodId: true },
  })
}

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
