import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import { workspaceDb } from '@/lib/platform/db/client'
import { isId } from '@/lib/platform/db/is-id'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { succeed, type Result } from '@/lib/domain/result'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { checkUrl } from './check-endpoint'
import { connectorNotFound, insertEndpoint, refuseTakenName } from './insert-endpoint'
import type { CreateEndpoint } from './schema'

/** Adds an endpoint with every authentication method off (rule R2). */
export async function createEndpoint(
  actor: Actor,
  { connectorId, name, ...details }: CreateEndpoint,
): Promise<Result<{ id: string; pendingOrigins: string[] }>> {
  const permitted = permit(actor, 'change')
  if (!permitted.ok) return permitted
  if (!isId(connectorId)) return connectorNotFound()
  const db = workspaceDb(actor.workspaceId)
  if (!(await db.connector.findFirst({ where: { id: connectorId }, select: { id: true } }))) return connectorNotFound()
  const checked = checkUrl(details.url)
  if (!checked.ok) return checked
  return refuseTakenName(name, () =>
    db.$transaction(async (tx) => {
      const id = await insertEndpoint(tx, actor, connectorId, name, details)
      await recordAudit(tx, actor, {
        action: 'create_endpoint',
        objectType: 'endpoint',
        objectId: id,
        objectName: name,
        changes: { request: `${details.httpMethod} ${details.url}` },
      })
      const { pending } = await syncConnectorOrigins(tx, actor, connectorId)
      return succeed({ id, pendingOrigins: pending })
    }),
  )
}
