import 'server-only'
import { reusableSettings } from '@/lib/authorisations/pending'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import type { Context } from '@/lib/operations/operation'

type InstanceKey = { id: string; revision: number }

/** What this person typed before and what waits for the third party's yes; null where nothing does (DATA §8). */
export async function waitingSettings(context: Context, instance: InstanceKey): Promise<InstanceSettings | null> {
  const waiting = await reusableSettings(context, instance)
  return waiting.ok ? waiting.value : null
}

/** The form shows what waits as if it were typed: what is typed now goes over it, the rest of it still counts. */
export function overWaiting(waiting: InstanceSettings | null, typed: InstanceSettings): InstanceSettings {
  if (!waiting) return typed
  const touched = new Set(typed.values.map(({ variableId }) => variableId))
  return {
    ...typed,
    values: [...waiting.values.filter(({ variableId }) => !touched.has(variableId)), ...typed.values],
    certificate: typed.certificate.kind === 'keep' ? waiting.certificate : typed.certificate,
  }
}
