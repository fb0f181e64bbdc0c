import 'server-only'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { isLimited } from '@/lib/domain/rate-limit'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import type { Credentials } from '@/lib/credentials/credentials'
import { reservedValues, type ReservedValues } from '@/lib/exchange/reserved-values'
import type { LimitedInstance } from '@/lib/limits/take-turn'
import { obtainedForOf } from '@/lib/tokens/token-source'
import type { AccessToken } from '@/lib/tokens/types'
import { changedMeanwhile } from './changed-meanwhile'
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
 * The request as it would leave now, with a token of the very settings that it is made from. Getting a token is none of
 * the requests that the limits count: it never stands in line.
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
  // A request for a token leaves as well: what it is made from is compared with the database first.
  if (loaded.ok && known === undefined && !isFresh) {
    loaded = await plan.load(true)
    known = loaded.ok ? rememberedToken(loaded.value, need) : undefined
  }
  if (!loaded.ok) return notSent('building', loaded.error)
  const token = known === undefined ? await tokenFor(loaded.value, need) : succeed(known)
  if (!token.ok) return notSent('getting_token', token.error)
  // A new token may have brought values with it, a session or the address to call.
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
  // What is refused with settings of earlier may be right with those of now.
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
 * Where nothing is waited for, the database is asked while the request is built, and its answer awaited before the
 * request leaves. Each further request, a redirect or the answer to a challenge, asks again.
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
