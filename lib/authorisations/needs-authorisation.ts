import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { workspaceDb } from '@/lib/platform/db/client'
import type { Actor } from '@/lib/domain/access/actor'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { succeed, type Result } from '@/lib/domain/result'
import { draftCredentials, loadCredentials } from '@/lib/credentials/credentials'
import { newOrigins } from '@/lib/credentials/origins-change'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import { fingerprintOf } from './authentication-fingerprint'

/**
 * Whether saving these settings has to send the person to the third party: a value used in authentication changed, or
 * there is no valid grant. Otherwise they are saved at once (DATA §8).
 */
export async function needsAuthorisation(
  actor: Actor,
  instanceId: string,
  settings: InstanceSettings,
): Promise<Result<boolean>> {
  const select = { methodId: true, status: true, tokens: { select: { id: true }, take: 1 } } as const
  const instance = await workspaceDb(actor.workspaceId).instance.findFirst({ where: { id: instanceId }, select })
  if (!instance) return notFound('instance')
  const { values, certificate } = settings
  const draft = await draftCredentials(actor.workspaceId, {
    methodId: instance.methodId,
    instanceId,
    values,
    certificate,
  })
  if (!draft.ok) return draft
  if (!needsPerson(draft.value.method)) return succeed(false)
  if (instance.tokens.length === 0 || ['awaiting_authorisation', 'needs_authorising_again'].includes(instance.status))
    return succeed(true)
  if (certificate.kind !== 'keep') return succeed(true)
  const inForce = await loadCredentials(actor.workspaceId, instanceId)
  if (!inForce.ok || fingerprintOf(inForce.value) !== fingerprintOf(draft.value)) return succeed(true)
  // A token obtained for one host is not sent to another (rule R14).
  return succeed(
    (await newOrigins(actor.workspaceId, draft.value, inForce.value.values, draft.value.values)).length > 0,
  )
}
