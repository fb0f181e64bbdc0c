import type { ApiKeySummary } from '@/lib/api-keys/views'
import { roleLabels } from '@/lib/domain/access/roles'
import { counted } from '@/lib/domain/counted'

/** What a key is limited to: “2 connectors and 1 instance”. Null: it is not limited. */
export function limitsInWords({ limitedTo, callOnly }: Pick<ApiKeySummary, 'limitedTo' | 'callOnly'>): string | null {
  const parts = [
    ...(callOnly ? ['Only calls endpoints'] : []),
    ...(limitedTo === null ? [] : [objectsInWords(limitedTo)]),
  ]
  return parts.length === 0 ? null : parts.join(' · ')
}

function objectsInWords({ connectors, instances }: NonNullable<ApiKeySummary['limitedTo']>): string {
  const parts = [
    ...(connectors > 0 ? [counted(connectors, 'connector')] : []),
    ...(instances > 0 ? [counted(instances, 'instance')] : []),
  ]
  return parts.length === 0 ? 'May access nothing: what it was limited to was deleted' : `Only ${parts.join(' and ')}`
}

/** Why a key may do less than its role says; null if it may do what its role says. */
export function roleNote({ role, currentRole, owner }: Pick<ApiKeySummary, 'role' | 'currentRole' | 'owner'>) {
  if (owner === null || currentRole === null) return 'Its owner is no longer in this workspace.'
  return currentRole === role ? null : `Acts as ${roleLabels[currentRole]}, the role of ${owner.name}.`
}
