import 'server-only'
import { nameSome } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { changeMatrix } from '@/lib/enablement/apply-matrix'
import { removeEndpoint } from '@/lib/endpoints/delete-endpoint'
import { endpointFieldsOf } from '@/lib/endpoints/fields'
import { changeEndpoint } from '@/lib/endpoints/save-endpoint'
import { writeEndpoints } from '@/lib/endpoints/write-endpoints'
import { within } from '@/lib/operations/operation'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { askFirst } from '@/lib/variables/rules'
import type { EndpointPlan } from '../plan-connector'
import { withStoredIds } from '../with-stored-ids'
import { about, type Applying } from './applying'
import { applyVariables } from './apply-variables'

/** Of thousands of endpoints, as many are changed with one statement. */
const atOnce = 500

/** Adds and changes endpoints, without what they accept. An existing one keeps its ID, so that flows still call it. */
export async function applyEndpoints(applying: Applying): Promise<Result<null>> {
  const { target, changesOf } = applying
  const changes = changesOf('endpoint').filter(({ after }) => after !== null)
  const planOf = new Map(target.plan.endpoints.map((endpoint) => [endpoint.key, endpoint]))
  for (const { key, before } of changes) {
    if (before === null) continue
    const changed = await changeWhole(applying, planOf.get(key)!)
    if (!changed.ok) return changed
  }
  const added = changes.filter(({ before }) => before === null).map(({ key }) => planOf.get(key)!)
  return added.length === 0 ? succeed(null) : addEndpoints(applying, added)
}

async function addEndpoints(
  { context: { actor }, tx, target, ask }: Applying,
  endpoints: readonly EndpointPlan[],
): Promise<Result<null>> {
  // A variable of an endpoint may stand for one of the connector in the host of a URL (DATA §6).
  const keys = [...new Set(endpoints.flatMap(({ variables }) => variables.map(({ key }) => key)))]
  const owner = { level: 'connector' as const, connectorId: target.id, ownerId: target.id }
  const host = keys.length === 0 ? null : { keys, variableId: null }
  const asked = await ask('New endpoints', (confirmed) =>
    askFirst(tx, actor, owner, { questions: [], host, confirmed }),
  )
  if (!asked.ok) return asked
  try {
    await writeEndpoints(tx, actor, target.id, endpoints)
    return succeed(null)
  } catch (error) {
    if (!uniqueViolation(error)) throw error
    const names = endpoints.slice(0, 5).map(({ name }) => name)
    return refuse(
      'name_taken',
      `One of the new endpoints ${nameSome(names, endpoints.length)} has the name of an endpoint that this connector already has under another key.`,
      'document',
    )
  }
}

async function changeWhole(applying: Applying, plan: EndpointPlan): Promise<Result<null>> {
  const { context, tx, target, ask } = applying
  const connectorId = target.id
  const { id: endpointId } = await tx.endpoint.findFirstOrThrow({
    where: { connectorId, key: plan.key },
    select: { id: true },
  })
  const owner = { level: 'endpoint' as const, connectorId, ownerId: endpointId }
  const added = await applyVariables(applying, owner, plan.variables, { removes: false })
  if (!added.ok) return about('Endpoint', plan.name, added)
  const { requestSchema, responseSchema } = plan
  await tx.endpoint.updateMany({ where: { id: endpointId }, data: { requestSchema, responseSchema } })
  const { revision, parameters } = await tx.endpoint.findFirstOrThrow({
    where: { id: endpointId },
    select: {
      revision: true,
      parameters: {
        select: { id: true, place: true, key: true },
        orderBy: [{ position: 'asc' }, { id: 'asc' }],
      },
    },
  })
  const step = within(context, tx, 'update_endpoint')
  const changed = { endpointId, revision, parameters: withStoredIds(plan.parameters, parameters) }
  const saved = await ask(`Endpoint “${plan.name}”`, (confirmed) =>
    changeEndpoint(step, { ...endpointFieldsOf(plan), ...changed, confirmed }, { isPart: true }),
  )
  if (!saved.ok) return about('Endpoint', plan.name, saved)
  // The document's spelling, as when it creates an endpoint; the form uses that of the existing group.
  await tx.endpoint.updateMany({ where: { id: endpointId }, data: { entityType: plan.entityType } })
  const removed = await applyVariables(applying, owner, plan.variables, { removes: true })
  return removed.ok ? succeed(null) : about('Endpoint', plan.name, removed)
}

/**
 * Makes each changed endpoint accept the methods that the document says (rule R2). A method that is not in the document
 * stays as it is.
 */
export async function applyEnablements(applying: Applying): Promise<Result<null>> {
  const { target, changesOf } = applying
  const planOf = new Map(target.plan.endpoints.map((endpoint) => [endpoint.key, endpoint]))
  const changed = changesOf('endpoint').flatMap(({ key, after }) => (after === null ? [] : [planOf.get(key)!]))
  for (let start = 0; start < changed.length; start += atOnce) {
    const applied = await acceptMethods(applying, changed.slice(start, start + atOnce))
    if (!applied.ok) return applied
  }
  return succeed(null)
}

async function acceptMethods(
  { context, tx, target, ask }: Applying,
  plans: readonly EndpointPlan[],
): Promise<Result<null>> {
  const connectorId = target.id
  const methods = await tx.authenticationMethod.findMany({
    where: { connectorId, key: { in: [...target.methodKeys] } },
    select: { id: true, key: true },
  })
  const endpoints = await tx.endpoint.findMany({
    where: { connectorId, key: { in: plans.map(({ key }) => key) } },
    select: { id: true, key: true, enablements: { select: { methodId: true } } },
  })
  const planOf = new Map(plans.map((plan) => [plan.key, plan]))
  const changes = methods.map(({ id: methodId, key }) => {
    const isOn = (endpoint: (typeof endpoints)[number]) =>
      endpoint.enablements.some((each) => each.methodId === methodId)
    const wanted = (endpoint: (typeof endpoints)[number]) => planOf.get(endpoint.key)!.accepts.includes(key)
    const ids = (those: typeof endpoints) => those.map(({ id }) => id)
    return {
      methodId,
      enable: ids(endpoints.filter((endpoint) => wanted(endpoint) && !isOn(endpoint))),
      disable: ids(endpoints.filter((endpoint) => isOn(endpoint) && !wanted(endpoint))),
    }
  })
  const step = within(context, tx, 'apply_matrix')
  const applied = await ask('Endpoints that no longer accept a method', (confirmStranding) =>
    changeMatrix(step, { connectorId, changes, confirmStranding }),
  )
  return applied.ok ? succeed(null) : refuse(applied.error.code, applied.error.message, 'document')
}

/** An endpoint that flows use is refused (rule R11). */
export async function deleteEndpoints({ context, tx, target, changesOf }: Applying): Promise<Result<null>> {
  for (const { key, name, after } of changesOf('endpoint')) {
    if (after !== null) continue
    const { id } = await tx.endpoint.findFirstOrThrow({ where: { connectorId: target.id, key }, select: { id: true } })
    const deleted = await removeEndpoint(within(context, tx, 'delete_endpoint'), { endpointId: id, typedName: name })
    if (!deleted.ok) return about('Endpoint', name, deleted)
  }
  return succeed(null)
}
