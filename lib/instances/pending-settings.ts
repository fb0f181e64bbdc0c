import 'server-only'
import { reusableSettings } from '@/lib/authorisations/pending'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import type { Context } from '@/lib/operations/operation'

type InstanceKey = { id: string; revision: number }

/** The settings that this person saved and has not authorised yet; null if there are none (DATA §8). */
export async function pendingSettings(context: Context, instance: InstanceKey): Promise<InstanceSettings | null> {
  const waiting = await reusableSettings(context, instance)
  return waiting.ok ? waiting.value : null
}

export type PendingCredentials = Pick<InstanceSettings, 'values' | 'certificate'>

/** The form shows pending settings as if they were typed. Newly typed values replace them; the others stay. */
export function mergePending(waiting: PendingCredentials | null, typed: InstanceSettings): InstanceSettings {
  if (!waiting) return typed
  const touched = new Set(typed.values.map(({ variableId }) => variableId))
  return {
    ...typed,
    values: [...waiting.values.filter(({ variableId }) => !touched.has(variableId)), ...typed.values],
    certificate: typed.certificate.kind === 'keep' ? waiting.certificate : typed.certificate,
  }
}
