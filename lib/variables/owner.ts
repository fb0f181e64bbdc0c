import 'server-only'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { VariableOwner } from './views'

/** The columns that link a variable to its owner, for filters and new rows. */
export function ownerColumns(owner: VariableOwner) {
  return {
    connectorId: owner.connectorId,
    level: owner.level,
    methodId: owner.level === 'method' ? owner.ownerId : null,
    endpointId: owner.level === 'endpoint' ? owner.ownerId : null,
  }
}

const notFound = refuse('not_found', 'This no longer exists. Reload the page.')
const readColumns = { name: true, revision: true, updatedAt: true, updatedById: true } as const
type OwnerRow = { name: string; revision: number; updatedAt: Date; updatedById: string | null }

export function findOwner(tx: WorkspaceTransaction, owner: VariableOwner): Promise<OwnerRow | null> {
  const where = { id: owner.ownerId, connectorId: owner.connectorId }
  if (owner.level === 'method') return tx.authenticationMethod.findFirst({ where, select: readColumns })
  if (owner.level === 'endpoint') return tx.endpoint.findFirst({ where, select: readColumns })
  if (owner.ownerId !== owner.connectorId) return Promise.resolve(null)
  return tx.connector.findFirst({ where: { id: owner.ownerId }, select: readColumns })
}

/**
 * Raises the owner's revision, because variables are part of what two people may edit at the same time (rule R12, DATA
 * §2). It is the first write of every change of a variable, so that an error leaves nothing behind.
 */
export async function reviseOwner(
  tx: WorkspaceTransaction,
  actor: Actor,
  owner: VariableOwner,
  revision: number,
): Promise<Result<{ name: string; revision: number }>> {
  const row = await findOwner(tx, owner)
  if (!row) return notFound
  const change = {
    where: { id: owner.ownerId, revision },
    data: { revision: { increment: 1 }, updatedAt: new Date(), updatedById: userIdOf(actor) },
  }
  const { count } = await updateOwner(tx, owner.level, change)
  if (count === 0) return overtaken(tx, owner)
  return succeed({ name: row.name, revision: revision + 1 })
}

/** The error if someone else has changed or deleted the owner. */
async function overtaken(tx: WorkspaceTransaction, owner: VariableOwner) {
  const now = await findOwner(tx, owner)
  return now ? changedBySomeoneElse(`“${now.name}”`, now, tx) : notFound
}

type Change = {
  where: { id: string; revision: number }
  data: { revision: { increment: number }; updatedAt: Date; updatedById: string | null }
}

function updateOwner(tx: WorkspaceTransaction, level: VariableOwner['level'], change: Change) {
  if (level === 'method') return tx.authenticationMethod.updateMany(change)
  if (level === 'endpoint') return tx.endpoint.updateMany(change)
  return tx.connector.updateMany(change)
}
