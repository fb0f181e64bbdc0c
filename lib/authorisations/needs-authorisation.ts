import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { succeed, type Result } from '@/lib/domain/result'
import { draftCredentials, loadCredentials } from '@/lib/credentials/credentials'
import { newOrigins } from '@/lib/credentials/origins-change'
import { enabledUnchecked } from '@/lib/health/check-enabled'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import type { Context } from '@/lib/operations/operation'
import { fingerprintOf } from './authentication-fingerprint'

/**
 * Whether saving these settings requires authorising at the third party, because a value used in authentication changed
 * or there is no valid grant. Otherwise they are saved immediately (DATA §8).
 */
export async function needsAuthorisation(
  { workspaceId, db }: Context,
  instanceId: string,
  settings: InstanceSettings,
): Promise<Result<boolean>> {
  const select = { methodId: true, status: true, tokens: { select: { id: true }, take: 1 } } as const
  const instance = await db.instance.findFirst({ where: { id: instanceId }, select })
  if (!instance) return notFound('instance')
  const { values, certificate } = settings
  const draft = await draftCredentials(
    workspaceId,
    { methodId: instance.methodId, instanceId, values, certificate },
    enabledUnchecked,
  )
  if (!draft.ok) return draft
  if (!needsPerson(draft.value.method)) return succeed(false)
  if (instance.tokens.length === 0 || ['awaiting_authorisation', 'needs_authorising_again'].includes(instance.status))
    return succeed(true)
  if (certificate.kind !== 'keep') return succeed(true)
  const current = await loadCredentials(workspaceId, instanceId, enabledUnchecked)
  if (!current.ok || fingerprintOf(current.value) !== fingerprintOf(draft.value)) return succeed(true)
  // A token obtained for one host is not sent to another (rule R14).
  const origins = await newOrigins(workspaceId, draft.value, current.value.values, draft.value.values)
  return succeed(origins.length > 0)
}
