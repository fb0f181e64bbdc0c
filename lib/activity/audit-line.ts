import type { AuditLog } from '@/lib/platform/db/generated/client'
import { actionWords } from './action-words'
import { changeLines } from './change-lines'
import type { AuditLine } from './views'

type Row = Pick<
  AuditLog,
  'id' | 'at' | 'actorName' | 'address' | 'action' | 'objectType' | 'objectId' | 'objectName' | 'changes'
>

/** A row of the audit log as people read it. */
export function auditLineOf(row: Row): AuditLine {
  const { id, at, actorName, address, action, objectType, objectId, objectName, changes } = row
  return {
    id,
    at: at.toISOString(),
    person: actorName,
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
  const pages: Record<string, string> = { connector: '/connectors', instance: '/instances', flow: '/flows' }
  const page = pages[objectType]
  return page === undefined ? null : `${page}/${objectId}`
}
