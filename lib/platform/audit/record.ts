import 'server-only'
import { actorIdOf, userIdOf, type Actor } from '@/lib/domain/access/actor'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'

export type AuditEntry = {
  /** verb_noun, as the mutation is called: `create_connector`. */
  action: string
  objectType:
    | 'connector'
    | 'authentication_method'
    | 'endpoint'
    | 'enablement'
    | 'variable'
    | 'instance'
    | 'authorisation'
    | 'flow'
    | 'shape'
    | 'user'
    | 'session'
    | 'workspace'
    | 'origin'
  objectId?: string
  objectName: string
  /** What changed; a secret only as "set", "replaced" or "removed". */
  changes?: Prisma.InputJsonObject
}

/** Writes into the transaction of the change: failing to audit fails the change. */
export async function recordAudit(transaction: WorkspaceTransaction, actor: Actor, entry: AuditEntry): Promise<void> {
  await transaction.auditLog.create({
    data: {
      ...entry,
      changes: entry.changes ?? {},
      workspaceId: actor.workspaceId,
      userId: userIdOf(actor),
      actorKind: actor.kind,
      actorId: actorIdOf(actor),
      actorName: actor.label,
    },
  })
}
