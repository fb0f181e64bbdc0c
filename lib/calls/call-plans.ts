import 'server-only'
import type { EndpointDefinition } from '@/lib/domain/definitions'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { loadCredentials, type Credentials } from '@/lib/credentials/credentials'
import { loadEndpoint } from '@/lib/credentials/load-definitions'
import { acceptsInstance } from '@/lib/enablement/queries'
import { workspaceDb } from '@/lib/platform/db/client'
import { isId } from '@/lib/platform/db/is-id'
import type { AccessToken } from '@/lib/tokens/tokens'
import { checkCaller, isSame, type Caller, type Stamps } from './call-check'
import { changedMeanwhile } from './changed-meanwhile'

/**
 * The call plan: what of a call changes only when somebody edits (ARCHITECTURE §3). It is used for as long as its stamps
 * are those of the database, which the check before each request reads. Its secrets are dropped a minute after their last
 * use, and as soon as a stamp differs (DATA §5).
 */

export type CallPlan = {
  stamps: Stamps
  credentials: Credentials
  endpoint: EndpointDefinition
  /** Read under the same stamps; due or refused, it is asked for again. */
  token: { value?: AccessToken | null }
}

type CallTarget = { instanceId: string; endpointId: string }
type Kept = { plan: CallPlan; usedAt: number }

const keptMs = 60_000
const mostPlans = 500

/** The least recently used first. */
const plans = new Map<string, Kept>()
/** Of requests that need the same plan at once one reads it. */
const loading = new Map<string, Promise<Result<CallPlan>>>()
let timer: NodeJS.Timeout | null = null

const keyOf = ({ workspaceId }: Caller, { instanceId, endpointId }: CallTarget) =>
  `${workspaceId}|${instanceId}|${endpointId}`

/**
 * The plan of an instance and an endpoint, which accepts it (rule R1). One that is remembered may be out of date: whoever
 * sends by it checks first.
 * @param asOfNow what is remembered is compared with the database before it is used
 */
export async function callPlan(caller: Caller, target: CallTarget, asOfNow: boolean): Promise<Result<CallPlan>> {
  const key = keyOf(caller, target)
  const known = plans.get(key)
  if (!known) return loadOnce(key, caller, target)
  if (asOfNow) {
    const checked = await checkPlan(caller, target, known.plan)
    if (!checked.ok) return checked.error.code === changedMeanwhile.code ? loadOnce(key, caller, target) : checked
  }
  keep(key, known.plan)
  return succeed(known.plan)
}

/** Asked directly before a request leaves. */
export async function checkPlan(caller: Caller, target: CallTarget, plan: CallPlan): Promise<Result<null>> {
  const checked = await checkCaller(caller, target.instanceId)
  if (!checked.ok) return checked
  if (isSame(plan.stamps, checked.value)) return succeed(null)
  const key = keyOf(caller, target)
  if (plans.get(key)?.plan === plan) plans.delete(key)
  return { ok: false, error: changedMeanwhile }
}

function loadOnce(key: string, caller: Caller, target: CallTarget): Promise<Result<CallPlan>> {
  const current = loading.get(key)
  if (current) return current
  const loaded = loadPlan(caller, target)
    .then((plan) => {
      if (plan.ok) keep(key, plan.value)
      return plan
    })
    .finally(() => loading.delete(key))
  loading.set(key, loaded)
  return loaded
}

/** The stamps are read first: a change on the way makes them older than what is read after it, and the check finds out. */
async function loadPlan(caller: Caller, target: CallTarget): Promise<Result<CallPlan>> {
  const { workspaceId } = caller
  const { instanceId, endpointId } = target
  if (!isId(instanceId)) return instanceNotFound()
  if (!isId(endpointId)) return endpointNotFound()
  const checked = await checkCaller(caller, instanceId)
  if (!checked.ok) return checked
  if (checked.value === null) return instanceNotFound()
  const available = await checkAvailable(workspaceId, target)
  if (!available.ok) return available
  const [credentials, endpoint] = await Promise.all([
    loadCredentials(workspaceId, instanceId),
    loadEndpoint(workspaceId, endpointId),
  ])
  if (!credentials.ok) return credentials
  if (!endpoint) return endpointNotFound()
  return succeed({ stamps: checked.value, credentials: credentials.value, endpoint, token: {} })
}

function instanceNotFound() {
  return refuse('not_found', 'This instance does not exist in your workspace; it may have been deleted.')
}

function endpointNotFound() {
  return refuse('not_found', 'This endpoint does not exist in your workspace; it may have been deleted.')
}

/** Rules R1 and R3. */
async function checkAvailable(workspaceId: string, { instanceId, endpointId }: CallTarget): Promise<Result<null>> {
  const db = workspaceDb(workspaceId)
  const [instance, endpoint, accepts] = await Promise.all([
    db.instance.findFirst({ where: { id: instanceId }, select: { name: true } }),
    db.endpoint.findFirst({ where: { id: endpointId }, select: { name: true } }),
    acceptsInstance(db, endpointId, instanceId),
  ])
  if (!instance) return instanceNotFound()
  if (!endpoint) return endpointNotFound()
  if (accepts) return succeed(null)
  return refuse(
    'endpoint_not_available',
    `“${endpoint.name}” is no longer available for “${instance.name}”: its authentication method is not switched on for this endpoint. Nothing was sent.`,
  )
}

function keep(key: string, plan: CallPlan): void {
  plans.delete(key)
  plans.set(key, { plan, usedAt: performance.now() })
  const [oldest] = plans.keys()
  if (plans.size > mostPlans && oldest !== undefined) plans.delete(oldest)
  timer ??= setTimeout(dropUnused, keptMs).unref()
}

function dropUnused(): void {
  timer = null
  const now = performance.now()
  for (const [key, { usedAt }] of plans) {
    const left = usedAt + keptMs - now
    if (left > 0) {
      timer = setTimeout(dropUnused, Math.ceil(left)).unref()
      return
    }
    plans.delete(key)
  }
}
