import 'server-only'
import { limitsOf, type Actor } from '@/lib/domain/access/actor'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { isId } from '@/lib/operations/input'
import { workspaceDb } from '@/lib/platform/db/client'
import { isObject } from './merge'
import { idsOfPath } from './path-ids'
import type { JsonObject } from './route'

/** Programs may name connector, method and variables of an instance by key; the operations know IDs. */

/** For a new instance, whose body names connector and method. */
export async function idsOfNewInstance(actor: Actor, input: JsonObject): Promise<Result<JsonObject>> {
  const { connectorId, methodId } = input
  // The operation refuses anything else, in the words of its schema.
  if (typeof connectorId !== 'string' || typeof methodId !== 'string') return succeed(input)
  const ids = await idsOfPath(actor, { connectorId, methodId })
  if (!ids.ok) return ids
  const values = await idsOf(
    actor,
    { connectorId: ids.value.connectorId!, methodId: ids.value.methodId! },
    input.values,
  )
  return values.ok ? succeed({ ...input, ...ids.value, values: values.value }) : values
}

/** For an instance that exists. */
export async function idsOfValues(actor: Actor, input: JsonObject): Promise<Result<JsonObject>> {
  if (!namesKeys(input.values)) return succeed(input)
  const db = workspaceDb(actor.workspaceId, limitsOf(actor))
  const id = String(input.instanceId)
  const instance = isId(id)
    ? await db.instance.findFirst({ where: { id }, select: { connectorId: true, methodId: true } })
    : null
  if (!instance) return notFound('instance')
  const values = await idsOf(actor, instance, input.values)
  return values.ok ? succeed({ ...input, values: values.value }) : values
}

function namesKeys(values: unknown): values is JsonObject {
  return isObject(values) && Object.keys(values).some((name) => !isId(name))
}

/** A variable of the method goes before one of the connector with the same key. */
async function idsOf(
  actor: Actor,
  { connectorId, methodId }: { connectorId: string; methodId: string },
  values: unknown,
): Promise<Result<unknown>> {
  if (!namesKeys(values)) return succeed(values)
  const keys = Object.keys(values).filter((name) => !isId(name) && !name.includes('\0'))
  const variables = await workspaceDb(actor.workspaceId, limitsOf(actor)).variable.findMany({
    where: { connectorId, key: { in: keys.slice(0, 1_000) }, OR: [{ level: 'connector' }, { methodId }] },
    select: { id: true, key: true },
    orderBy: { level: 'asc' },
  })
  const idByKey = new Map(variables.map(({ key, id }) => [key, id]))
  const unknown = Object.keys(values).find((name) => !isId(name) && !idByKey.has(name))
  if (unknown !== undefined)
    return refuse(
      'unknown_variable',
      'The authentication method has no variable with this key. GET of the instance lists its variables.',
      `values.${unknown.slice(0, 200)}`,
    )
  return succeed(Object.fromEntries(Object.entries(values).map(([name, value]) => [idByKey.get(name) ?? name, value])))
}
