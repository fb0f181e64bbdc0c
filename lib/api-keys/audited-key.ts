import { roleLabels, type Role } from '@/lib/domain/access/roles'
import { compareValues } from '@/lib/domain/history/compare-values'
import type { FieldChange } from '@/lib/domain/history/field-change'

type Audited = { name: string; role: Role; restricted: boolean; callOnly: boolean; expiresAt: Date | null }

const expiryWords = (at: Date | null) =>
  at === null ? 'never' : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** The fields of a key for the audit log. Nothing of the key itself. @param before null for a new key */
export function compareKeys(before: Audited | null, after: Audited): FieldChange[] {
  return [
    ...(before === null ? [] : compareValues('name', before.name, after.name)),
    ...compareValues('role', before && roleLabels[before.role], roleLabels[after.role]),
    ...compareValues('restricted', before?.restricted ?? false, after.restricted),
    ...compareValues('callOnly', before?.callOnly ?? false, after.callOnly),
    ...compareValues('expires', before && expiryWords(before.expiresAt), expiryWords(after.expiresAt)),
  ]
}

/** The audit entry of a change of a key. */
export function ofKey({ id, name }: { id: string; name: string }) {
  return { objectType: 'api_key' as const, objectId: id, objectName: name }
}
