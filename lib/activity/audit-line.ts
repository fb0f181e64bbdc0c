import type { AuditLog } from '@/lib/platform/db/generated/client'
import { actionWords } from './action-words'
import { changeLines } from './change-lines'
import type { AuditLine } from './views'

type Row = Pick<
  AuditLog,
  | 'id'
  | 'at'
  | 'actorKind'
  | 'actorId'
  | 'actorName'
  | 'address'
  | 'action'
  | 'objectType'
  | 'objectId'
  | 'objectName'
  | 'changes'
>

/** A row of the audit log as people read it. */
export function auditLineOf(row: Row): AuditLine {
  const { id, at, actorKind, actorId, actorName, address, action, objectType, objectId, objectName, changes } = row
  return {
    id,
    at: at.toISOString(),
    person: actorName,
    keyId: actorKind === 'api_key' ? actorId : null,
    address,
    action,
    what: actionWords(action),
    objectType,
    objectId,
    objectName,
    href: hrefOf(row),
    changes: changeLines(changes),
  }
}

function hrefOf({ action, objectType, objectId }: Row): string | null {
  if (objectId === null || action.startsWith('delete_')) return null
  const pages: Record<string, string> = {
    connector: '/connectors',
    instance: '/instances',
    flow: '/flows',
    api_key: '/settings/api-keys',
  }
  const page = pages[objectType]
  return page === undefined ? null : `${page}/${objectId}`
}
