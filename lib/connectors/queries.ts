import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import type { Connector } from '@/lib/platform/db/generated/client'
import { isId } from '@/lib/platform/db/is-id'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { iconOf } from './summary-columns'
import type { AuthorisedInstance, ConnectorDetail } from './views'

export const connectorNotFound = refuse(
  'not_found',
  'This connector does not exist in your workspace; it may have been deleted.',
)

/** Everything the builder shows about a connector as a whole. */
export async function getConnector(actor: Actor, connectorId: string): Promise<Result<ConnectorDetail>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  if (!isId(connectorId)) return connectorNotFound
  const db = workspaceDb(actor.workspaceId)
  const row = await db.connector.findFirst({ where: { id: connectorId }, omit: { icon: true } })
  if (!row) return connectorNotFound
  const of = { where: { connectorId } }
  const [variables, methods, endpoints, instances, person] = await Promise.all([
    db.variable.count({ where: { connectorId, level: 'connector' } }),
    db.authenticationMethod.count(of),
    db.endpoint.count(of),
    db.instance.count(of),
    row.updatedById ? db.user.findUnique({ where: { id: row.updatedById }, select: { name: true } }) : null,
  ])
  return succeed({ ...detailOf(row), variables, methods, endpoints, instances, updatedBy: person?.name ?? null })
}

function detailOf(
  row: Omit<Connector, 'icon' | 'generation'>,
): Omit<ConnectorDetail, 'variables' | 'methods' | 'endpoints' | 'instances' | 'updatedBy'> {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    versionLabel: row.versionLabel,
    systemType: row.systemType,
    icon: iconOf(row),
    description: row.description,
    baseUrl: row.baseUrl,
    dateFormat: row.dateFormat,
    rateLimitAmount: row.rateLimitAmount,
    rateLimitUnit: row.rateLimitUnit,
    documentationUrl: row.documentationUrl,
    allowedHosts: row.allowedHosts,
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

/** The picture itself, for the route that serves it. */
export async function getConnectorIcon(
  actor: Actor,
  connectorId: string,
): Promise<Result<{ bytes: Uint8Array<ArrayBuffer>; type: string }>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  if (!isId(connectorId)) return connectorNotFound
  const row = await workspaceDb(actor.workspaceId).connector.findFirst({
    where: { id: connectorId },
    select: { icon: true, iconType: true },
  })
  if (!row?.icon || !row.iconType) return refuse('not_found', 'This connector has no icon.')
  return succeed({ bytes: row.icon, type: row.iconType })
}

/** For the notice at the end of an authorisation; null when there is no such instance. */
export async function getAuthorisedInstance(
  actor: Actor,
  instanceId: string,
): Promise<Result<AuthorisedInstance | null>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  if (!isId(instanceId)) return succeed(null)
  const row = await workspaceDb(actor.workspaceId).instance.findFirst({
    where: { id: instanceId },
    select: { id: true, name: true, status: true },
  })
  return succeed(row)
}
