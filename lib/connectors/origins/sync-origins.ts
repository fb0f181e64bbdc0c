import 'server-only'
import { fact, several } from '@/lib/domain/history/compare-values'
import { recordAudit } from '@/lib/platform/audit/record'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { lockUntilCommit } from '@/lib/platform/db/lock-until-commit'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { readNamedOrigins } from './named-origins'

/**
 * Updates the connector's origins to match its definition (DATA §6), in the transaction that changed the definition and
 * after its rows are written. While the connector has no credentials, a new origin is confirmed immediately. If it has
 * instances, or a method with a secret, an administrator has to confirm the origin before anything is sent there. An
 * origin that is no longer used is deleted, so that it has to be confirmed again if it returns.
 */
export async function syncConnectorOrigins(
  tx: WorkspaceTransaction,
  actor: Actor,
  connectorId: string,
): Promise<{ pending: string[] }> {
  // One change per connector at a time, so that each sees what the previous one wrote. A row lock would cause a
  // deadlock when two people add endpoints, because each insert already has a share lock through the foreign key.
  await lockUntilCommit(tx, `origins:${connectorId}`)
  const named = (await readNamedOrigins(tx, connectorId))?.map(({ origin }) => origin) ?? []
  const known = await tx.connectorOrigin.findMany({
    where: { connectorId },
    select: { origin: true, confirmedAt: true },
  })
  const added = named.filter((origin) => !known.some((row) => row.origin === origin))
  const removed = known.filter((row) => !named.includes(row.origin)).map((row) => row.origin)
  const waits = await hasCredentials(tx, connectorId)
  await writeOrigins(tx, actor, connectorId, { added, removed, waits })
  if (added.length > 0 || removed.length > 0) await audit(tx, actor, connectorId, { added, removed, waits })
  if (!waits) return { pending: [] }
  const stillPending = known
    .filter((row) => row.confirmedAt === null && !removed.includes(row.origin))
    .map((row) => row.origin)
  return { pending: [...stillPending, ...added] }
}

async function hasCredentials(tx: WorkspaceTransaction, connectorId: string): Promise<boolean> {
  if (await tx.instance.findFirst({ where: { connectorId }, select: { id: true } })) return true
  return (
    (await tx.methodValue.findFirst({ where: { connectorId, variable: { secret: true } }, select: { id: true } })) !==
    null
  )
}

type OriginChange = { added: string[]; removed: string[]; waits: boolean }

async function writeOrigins(
  tx: WorkspaceTransaction,
  actor: Actor,
  connectorId: string,
  { added, removed, waits }: OriginChange,
): Promise<void> {
  const confirmed = { confirmedAt: new Date(), confirmedById: userIdOf(actor) }
  if (removed.length > 0) await tx.connectorOrigin.deleteMany({ where: { connectorId, origin: { in: removed } } })
  if (!waits) await tx.connectorOrigin.updateMany({ where: { connectorId, confirmedAt: null }, data: confirmed })
  const rows = added.map((origin) => ({
    workspaceId: actor.workspaceId,
    connectorId,
    origin,
    ...(!waits && confirmed),
  }))
  if (rows.length > 0) await tx.connectorOrigin.createMany({ data: rows })
}

async function audit(
  tx: WorkspaceTransaction,
  actor: Actor,
  connectorId: string,
  { added, removed, waits }: OriginChange,
): Promise<void> {
  const connector = await tx.connector.findFirst({ where: { id: connectorId }, select: { name: true } })
  await recordAudit(tx, actor, {
    action: 'change_origins',
    objectType: 'origin',
    objectId: connectorId,
    objectName: connector?.name ?? '',
    changes: [
      ...several('address', 'added', added),
      ...several('address', 'removed', removed),
      ...(added.length > 0 ? fact('newAddresses', waits ? 'wait for an administrator' : 'confirmed') : []),
    ],
  })
}
