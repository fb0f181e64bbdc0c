import 'server-only'
import { fact, several } from '@/lib/domain/history/compare-values'
import { recordAudit } from '@/lib/platform/audit/record'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { lockUntilCommit } from '@/lib/platform/db/lock-until-commit'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { readNamedOrigins } from './named-origins'

/**
 * Brings the connector's origins in line with its definition (DATA §6), in the transaction that changed the definition
 * and after its rows are written. While the connector holds no credentials a new origin is confirmed at once; with
 * instances, or a secret held by a method, it waits for an administrator, and nothing is sent there before. One that is
 * no longer named is forgotten, so that naming it again asks again.
 */
export async function syncConnectorOrigins(
  tx: WorkspaceTransaction,
  actor: Actor,
  connectorId: string,
): Promise<{ pending: string[] }> {
  // One at a time per connector: each then sees what the one before it has written. (A row lock would make two people
  // who add endpoints at once wait for each other, because each holds a share of it through the foreign key.)
  await lockUntilCommit(tx, `origins:${connectorId}`)
  const named = (await readNamedOrigins(tx, connectorId))?.map(({ origin }) => origin) ?? []
  const known = await tx.connectorOrigin.findMany({
    where: { connectorId },
    select: { origin: true, confirmedAt: true },
  })
  const added = named.filter((origin) => !known.some((row) => row.origin === origin))
  const removed = known.filter((row) => !named.includes(row.origin)).map((row) => row.origin)
  const waits = await holdsCredentials(tx, connectorId)
  await writeOrigins(tx, actor, connectorId, { added, removed, waits })
  if (added.length > 0 || removed.length > 0) await audit(tx, actor, connectorId, { added, removed, waits })
  if (!waits) return { pending: [] }
  const stillPending = known
    .filter((row) => row.confirmedAt === null && !removed.includes(row.origin))
    .map((row) => row.origin)
  return { pending: [...stillPending, ...added] }
}

async function holdsCredentials(tx: WorkspaceTransaction, connectorId: string): Promise<boolean> {
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
