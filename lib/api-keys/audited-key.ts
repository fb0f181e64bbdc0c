import { roleLabels, type Role } from '@/lib/domain/access/roles'
import { compareValues, fact } from '@/lib/domain/history/compare-values'
import type { FieldChange } from '@/lib/domain/history/field-change'

/** What the audit log says about a key. Nothing of the key itself. */

type Audited = { name: string; role: Role; restricted: boolean; callOnly: boolean; expiresAt: Date | null }

const expiryWords = (at: Date | null) =>
  at === null ? 'never' : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** What was chosen for a new key. */
export function factsOf({ role, restricted, callOnly, expiresAt }: Audited): FieldChange[] {
  return [
    ...fact('role', roleLabels[role]),
    ...fact('restricted', restricted),
    ...fact('callOnly', callOnly),
    ...fact('expires', expiryWords(expiresAt)),
  ]
}

export function compareKeys(before: Audited, after: Audited): FieldChange[] {
  return [
    ...compareValues('name', before.name, after.name),
    ...compareValues('role', roleLabels[before.role], roleLabels[after.role]),
    ...compareValues('restricted', before.restricted, after.restricted),
    ...compareValues('callOnly', before.callOnly, after.callOnly),
    ...compareValues('expires', expiryWords(before.expiresAt), expiryWords(after.expiresAt)),
  ]
}

export function ofKey({ id, name }: { id: string; name: string }) {
  return { objectType: 'api_key' as const, objectId: id, objectName: name }
}
