import 'server-only'
import { reusableSettings } from '@/lib/authorisations/pending'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import type { WaitingCredentials } from '@/lib/credentials/origins-change'
import type { Context } from '@/lib/operations/operation'

type InstanceKey = { id: string; revision: number }

/** The settings that this person saved and has not authorised yet; null if there are none (DATA §8). */
export async function pendingSettings(context: Context, instance: InstanceKey): Promise<InstanceSettings | null> {
  const waiting = await reusableSettings(context, instance)
  return waiting.ok ? waiting.value : null
}

/** The credentials among them, for a save. The instance has not changed since they were typed. */
export async function pendingCredentials(context: Context, instance: InstanceKey): Promise<WaitingCredentials | null> {
  const waiting = await pendingSettings(context, instance)
  if (!waiting) return null
  const { values, certificate } = waiting
  return { values, certificate, typedWith: { before: null, values } }
}

/** What waits and is not typed again. */
export function withoutTyped(waiting: WaitingCredentials, typed: InstanceSettings): WaitingCredentials {
  const touched = new Set(typed.values.map(({ variableId }) => variableId))
  return {
    ...waiting,
    values: waiting.values.filter(({ variableId }) => !touched.has(variableId)),
    certificate: typed.certificate.kind === 'keep' ? waiting.certificate : { kind: 'keep' },
  }
}

/** The form shows pending settings as if they were typed. Newly typed values replace them; the others stay. */
export function mergePending(waiting: WaitingCredentials, typed: InstanceSettings): InstanceSettings {
  return {
    ...typed,
    values: [...waiting.values, ...typed.values],
    certificate: typed.certificate.kind === 'keep' ? waiting.certificate : typed.certificate,
  }
}
