import 'server-only'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { EndpointDefinition } from '@/lib/domain/definitions'
import { actorIdOf, type PermittedActor } from '@/lib/domain/access/actor'
import { changedMeanwhile, notFound } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { loadCredentials, type Credentials } from '@/lib/credentials/credentials'
import { loadEndpoint } from '@/lib/credentials/load-definitions'
import { acceptsInstance } from '@/lib/enablement/accepts-instance'
import { idOf, readInput } from '@/lib/operations/input'
import { workspaceDb } from '@/lib/platform/db/client'
import type { AccessToken } from '@/lib/tokens/types'
import { checkActor, isSame, type Stamps } from './call-check'

/**
 * The call plan: the part of a call that changes only when someone edits (ARCHITECTURE §3). It is valid while its
 * stamps match those in the database, which the check before each request reads. Its secrets are dropped a minute after
 * their last use, or as soon as a stamp differs (DATA §5).
 */

export type CallPlan = {
  stamps: Stamps
  credentials: Credentials
  endpoint: EndpointDefinition
  /** Read under the same stamps. It is requested again when it is due or was refused. */
  token: { value?: AccessToken | null }
}

const targetSchema = z.strictObject({ instanceId: idOf('instance'), endpointId: idOf('endpoint') })
type CallTarget = z.output<typeof targetSchema>
const plansLiveMs = 60_000
/**
 * Timers purge expired plans, so that secrets leave memory even if nobody asks for them again. Tests can move this
 * clock.
 */
const plans = new LRUCache<string, CallPlan>({
  max: 500,
  ttl: plansLiveMs,
  ttlAutopurge: true,
  perf: { now: () => performance.now() },
})
/**
 * Concurrent requests of one actor share the loading of a plan. Actors do not share it: another one may not have
 * access.
 */
const loading = new Map<string, Promise<Result<CallPlan>>>()

const keyOf = ({ workspaceId }: PermittedActor, { instanceId, endpointId }: CallTarget) =>
  `${workspaceId}|${instanceId}|${endpointId}`

/**
 * The plan of an instance and an endpoint that accepts it (rule R1). A cached plan may be out of date: the sender
 * checks it before the request is sent.
 * @param asOfNow compares a cached plan with the database before it is used
 */
export async function callPlan(actor: PermittedActor, target: CallTarget, asOfNow: boolean): Promise<Result<CallPlan>> {
  const key = keyOf(actor, target)
  const known = plans.get(key)
  if (!known) return loadOnce(key, actor, target)
  if (asOfNow) {
    const checked = await checkPlan(actor, target, known)
    if (!checked.ok) return checked.error.code === changedMeanwhile.code ? loadOnce(key, actor, target) : checked
  }
  // Extends the time to live to a minute from now, at most once a second, since each `set` starts a timer.
  if (plans.getRemainingTTL(key) < plansLiveMs - 1_000) plans.set(key, known)
  return succeed(known)
}

/** Whether the plan is still valid. Called directly before a request is sent. */
export async function checkPlan(actor: PermittedActor, target: CallTarget, plan: CallPlan): Promise<Result<null>> {
  const checked = await checkActor(actor, target.instanceId)
  if (!checked.ok) return checked
  if (isSame(plan.stamps, checked.value)) return succeed(null)
  const key = keyOf(actor, target)
  if (plans.peek(key) === plan) plans.delete(key)
  return { ok: false, error: changedMeanwhile }
}

function loadOnce(key: string, actor: PermittedActor, target: CallTarget): Promise<Result<CallPlan>> {
  const loadingKey = `${actor.kind}|${actorIdOf(actor)}|${key}`
  const current = loading.get(loadingKey)
  if (current) return current
  const loaded = loadPlan(actor, target)
    .then((plan) => {
      if (plan.ok) plans.set(key, plan.value)
      return plan
    })
    .finally(() => loading.delete(loadingKey))
  loading.set(loadingKey, loaded)
  return loaded
}

/**
 * Reads the stamps first. If something changes while the rest is read, the stamps are out of date and the check
 * notices.
 */
async function loadPlan(actor: PermittedActor, target: CallTarget): Promise<Result<CallPlan>> {
  const { workspaceId } = actor
  const { instanceId, endpointId } = target
  const read = readInput(targetSchema, { instanceId, endpointId })
  if (!read.ok) return read
  const checked = await checkActor(actor, instanceId)
  if (!checked.ok) return checked
  if (checked.value === null) return notFound('instance')
  const available = await checkAvailable(workspaceId, target)
  if (!available.ok) return available
  const [credentials, endpoint] = await Promise.all([
    loadCredentials(workspaceId, instanceId),
    loadEndpoint(workspaceId, endpointId),
  ])
  if (!credentials.ok) return credentials
  if (!endpoint) return notFound('endpoint')
  return succeed({ stamps: checked.value, credentials: credentials.value, endpoint, token: {} })
}

/** Rules R1 and R3. */
async function checkAvailable(workspaceId: string, { instanceId, endpointId }: CallTarget): Promise<Result<null>> {
  const db = workspaceDb(workspaceId)
  const [instance, endpoint, accepts] = await Promise.all([
    db.instance.findFirst({ where: { id: instanceId }, select: { name: true, connectorId: true } }),
    db.endpoint.findFirst({ where: { id: endpointId }, select: { name: true, connectorId: true } }),
    acceptsInstance(db, endpointId, instanceId),
  ])
  if (!instance) return notFound('instance')
  // A key that is limited to one connector must not read the names of another.
  if (endpoint?.connectorId !== instance.connectorId) return notFound('endpoint')
  if (accepts) return succeed(null)
  return refuse(
    'endpoint_not_available',
    `“${endpoint.name}” is no longer available for “${instance.name}”: its authentication method is not switched on for this endpoint. Nothing was sent.`,
  )
}
