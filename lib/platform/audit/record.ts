import 'server-only'
import { actorIdOf, addressOf, userIdOf, type Actor } from '@/lib/domain/access/actor'
import { recorded, type FieldChange } from '@/lib/domain/history/field-change'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'

export type AuditEntry = {
  /** verb_noun, the name of the operation: `create_connector`. */
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
    | 'invitation'
    | 'api_key'
    | 'setting'
    | 'workspace'
    | 'origin'
  objectId?: string
  objectName: string
  /**
   * The owner of the object: that of a variable, the connector of an endpoint, the method that was turned on or off,
   * the flow of a shape.
   */
  partOfId?: string
  /** Field by field; a secret only as "set", "replaced" or "removed" (lib/domain/history). */
  changes?: readonly FieldChange[]
}

/** Writes into the transaction of the change: failing to audit fails the change. */
export async function recordAudit(transaction: WorkspaceTransaction, actor: Actor, entry: AuditEntry): Promise<void> {
  await recordAudits(transaction, actor, [entry])
}

/** Like `recordAudit`, for several objects in one statement. */
export async function recordAudits(
  transaction: WorkspaceTransaction,
  actor: Actor,
  entries: readonly AuditEntry[],
): Promise<void> {
  await transaction.auditLog.createMany({
    data: entries.map((entry) => ({
      ...entry,
      changes: recorded(entry.changes ?? []),
      workspaceId: actor.workspaceId,
      userId: userIdOf(actor),
      actorKind: actor.kind,
      actorId: actorIdOf(actor),
      actorName: actor.label,
      address: addressOf(actor),
    })),
  })
}
