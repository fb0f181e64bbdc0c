import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { calledUrlColumns, hostDependsOnInstance } from './carried-secret'
import type { ReplacementEffect } from './replacement-views'

/** What replacing an instance does to the shapes of drafts. The preview and the replacement both use it. */

type Db = WorkspaceDb | WorkspaceTransaction
type Instance = { id: string; name: string; connectorId: string; methodId: string; method: { name: string } }

export type InstancePair = { from: Instance; to: Instance }

/** Finds the two instances. They must have the same connector (rule R4), and the new one must be authorised. */
export async function findInstances(db: Db, instanceId: string, newInstanceId: string): Promise<Result<InstancePair>> {
  const client = db as WorkspaceDb
  const rows = await client.instance.findMany({
    where: { id: { in: [instanceId, newInstanceId] } },
    select: {
      ...{ id: true, name: true, status: true, connectorId: true, methodId: true },
      method: { select: { name: true } },
    },
  })
  const from = rows.find(({ id }) => id === instanceId)
  const to = rows.find(({ id }) => id === newInstanceId)
  if (!from) return notFound('instance')
  if (!to) return refuse('not_found', 'This instance no longer exists. Choose another.', 'newInstanceId')
  if (to.id === from.id) return refuse('invalid_input', 'Choose a different instance.', 'newInstanceId')
  if (to.connectorId !== from.connectorId)
    return refuse('invalid_input', 'Choose an instance of the same connector.', 'newInstanceId')
  if (to.status === 'awaiting_authorisation')
    return refuse(
      'endpoint_not_available',
      `“${to.name}” has not been authorised yet. Authorise it first.`,
      'newInstanceId',
    )
  return succeed({ from, to })
}

const shapeColumns = {
  ...{ id: true, name: true, endpointId: true, flowVersionId: true },
  endpoint: { select: { name: true, ...calledUrlColumns } },
  values: {
    where: { sealedValue: { not: null } },
    select: { id: true, variable: { select: { displayName: true } } },
  },
} as const satisfies Prisma.ShapeSelect

export type PlannedShape = Prisma.ShapeGetPayload<{ select: typeof shapeColumns }> & {
  effect: ReplacementEffect
  why: string
}

/** The shapes of these versions that use the instance, each with the effect on it. */
export async function planShapes(db: Db, { from, to }: InstancePair, versionIds: string[]): Promise<PlannedShape[]> {
  const client = db as WorkspaceDb
  const shapes = await client.shape.findMany({
    where: { instanceId: from.id, flowVersionId: { in: versionIds } },
    orderBy: [{ positionY: 'asc' }, { positionX: 'asc' }, { id: 'asc' }],
    select: shapeColumns,
  })
  const endpointIds = [...new Set(shapes.flatMap(({ endpointId }) => endpointId ?? []))]
  const accepted = await client.enablement.findMany({
    where: { methodId: to.methodId, endpointId: { in: endpointIds } },
    select: { endpointId: true },
  })
  const accepting = new Set(accepted.map(({ endpointId }) => endpointId))
  return shapes.map((shape) => ({ ...shape, ...effectOf(shape, { to, accepting }) }))
}

type Facts = { to: Instance; accepting: ReadonlySet<string> }

function effectOf(
  { endpointId, endpoint, values }: Prisma.ShapeGetPayload<{ select: typeof shapeColumns }>,
  { to, accepting }: Facts,
): Pick<PlannedShape, 'effect' | 'why'> {
  if (endpointId === null || endpoint === null)
    return { effect: 'no_endpoint', why: 'It has no endpoint yet and stays incomplete.' }
  if (!accepting.has(endpointId)) {
    const why = `It loses its endpoint: “${endpoint.name}” does not accept ${to.method.name}, the authentication method of “${to.name}”.`
    return { effect: 'loses_endpoint', why }
  }
  if (values.length === 0 || !hostDependsOnInstance(endpoint)) return { effect: 'keeps_endpoint', why: '' }
  const names = values.map(({ variable }) => variable?.displayName ?? '').join(', ')
  return { effect: 'loses_secrets', why: `Enter ${names} again afterwards: “${to.name}” may call another host.` }
}
