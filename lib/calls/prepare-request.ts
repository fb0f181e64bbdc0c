import 'server-only'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { isLimited } from '@/lib/domain/rate-limit'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import type { Credentials } from '@/lib/credentials/credentials'
import { reservedValues, type ReservedValues } from '@/lib/exchange/reserved-values'
import type { LimitedInstance } from '@/lib/limits/take-turn'
import { obtainedForOf } from '@/lib/tokens/token-source'
import type { AccessToken } from '@/lib/tokens/types'
import { changedMeanwhile } from '@/lib/domain/refusals'
import { namesOf, rememberedToken, rememberToken, tokenFor } from './token-for'
import type { Loaded, NotSent, SendPlan } from './types'

type Ready<From> = {
  from: From
  token: AccessToken | null
  built: BuiltRequest
  reserved: ReservedValues
  instance: LimitedInstance
  check?: Check
}

/**
 * The request as it would be sent now, with a token obtained for the same settings. The limits do not apply to token
 * requests, so obtaining a token never waits in the queue.
 */
export async function prepareRequest<From extends Loaded>(
  plan: SendPlan<From>,
  fresh: boolean,
  refused?: string,
): Promise<Result<Ready<From>, NotSent>> {
  const isFresh = fresh || plan.clearance === undefined
  const need = { evenIfDead: plan.evenIfDead, ...(refused !== undefined && { refused }) }
  let loaded = await (fresh ? plan.load(true) : plan.load())
  let known = loaded.ok ? rememberedToken(loaded.value, need) : undefined
  // A token request is about to be sent: reload the settings first, so that it uses the current ones.
  if (loaded.ok && known === undefined && !isFresh) {
    loaded = await plan.load(true)
    known = loaded.ok ? rememberedToken(loaded.value, need) : undefined
  }
  if (!loaded.ok) return notSent('building', loaded.error)
  const token = known === undefined ? await tokenFor(loaded.value, need) : succeed(known)
  if (!token.ok) return notSent('getting_token', token.error)
  // The response with the new token may have set values such as a session or the address to call.
  const from = token.value?.renewed ? await plan.load(true) : loaded
  if (!from.ok) return notSent('building', from.error)
  const { credentials, ownToken, build } = from.value
  if (token.value !== null && token.value.obtainedFor !== obtainedForOf(credentials))
    return notSent('getting_token', changedMeanwhile)
  rememberToken(from.value, token.value)
  const instance = limitedInstance(credentials)
  const check = checkOf(plan, from.value, instance)
  const reserved = reservedValues(ownToken ?? namesOf(token.value))
  const built = build(reserved)
  // A request that cannot be built with earlier settings may be correct with the current ones.
  if (!built.ok) return notSent('building', isFresh ? built.error : changedMeanwhile)
  return succeed({
    from: from.value,
    token: token.value,
    built: built.value,
    reserved,
    instance,
    ...(check && { check }),
  })
}

type Check = () => Promise<Result<null>>

/**
 * If no limit applies, the database query runs while the request is built and is awaited before the request is sent.
 * Each further request (a redirect or the response to a challenge) queries again.
 */
function checkOf<From extends Loaded>(
  { clearance }: SendPlan<From>,
  from: From,
  instance: LimitedInstance,
): Check | undefined {
  if (!clearance) return undefined
  if (instance !== null && isLimited(instance.limits)) return () => clearance(from)
  let early: ReturnType<Check> | null = clearance(from)
  early.catch(() => {})
  return () => {
    const asked = early ?? clearance(from)
    early = null
    return asked
  }
}

export function notSent(step: NotSent['step'], refusal: Refusal): { ok: false; error: NotSent } {
  return { ok: false, error: { step, refusal } }
}

function limitedInstance({ workspaceId, instance }: Credentials): LimitedInstance {
  return instance && { workspaceId, instanceId: instance.id, name: instance.name, limits: instance.limits }
}
