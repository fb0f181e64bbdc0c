import 'server-only'
import { workspaceDb, type WorkspaceDb } from '@/lib/platform/db/client'
import { isId } from '@/lib/platform/db/is-id'
import { parameterDefinition, variableDefinition } from '@/lib/platform/db/read-definition'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { isShown } from '@/lib/domain/variables/resolve-variables'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import { acceptsInstance, offeredEndpoints } from '@/lib/enablement/queries'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import type { ChosenEndpoint, InstanceOption, ShapeSettings } from './shape-views'

export const shapeNotFound = refuse('not_found', 'This shape was removed from the flow. Reload the page.')

const optionsShown = 50
const optionColumns = {
  id: true,
  name: true,
  status: true,
  connectorId: true,
  connector: { select: { name: true, versionLabel: true } },
  method: { select: { name: true, timeoutSeconds: true } },
} as const

/** Instances whose own or whose connector's name matches, usable ones only, the first fifty by name. */
export async function listInstanceOptions(actor: Actor, search: string): Promise<Result<InstanceOption[]>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  const text = likeLiteral(foldName(search.replaceAll('\0', '')))
  const rows = await workspaceDb(actor.workspaceId).instance.findMany({
    where: {
      status: { not: 'awaiting_authorisation' },
      ...(text !== '' && {
        OR: [{ foldedName: { contains: text } }, { connector: { foldedName: { contains: text } } }],
      }),
    },
    orderBy: [{ foldedName: 'asc' }, { id: 'asc' }],
    take: optionsShown,
    select: optionColumns,
  })
  return succeed(rows.map(instanceOption))
}

type OptionRow = Omit<InstanceOption, 'connectorName' | 'methodName'> & {
  connector: { name: string; versionLabel: string }
  method: { name: string }
}

function instanceOption({ id, name, status, connectorId, connector, method }: OptionRow): InstanceOption {
  return {
    id,
    name,
    status,
    connectorId,
    connectorName: [connector.name, connector.versionLabel].filter(Boolean).join(' '),
    methodName: method.name,
  }
}

/**
 * A shape's settings: with what is saved, or with the instance and endpoint being chosen instead. A choice that the
 * workspace does not have counts as none.
 */
export async function getShapeSettings(
  actor: Actor,
  flowId: string,
  shapeId: string,
  choice: { instanceId?: string; endpointId?: string } = {},
): Promise<Result<ShapeSettings>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  if (!isId(flowId) || !isId(shapeId)) return shapeNotFound
  const db = workspaceDb(actor.workspaceId)
  const shape = await db.shape.findFirst({ where: { id: shapeId, flowVersion: { flowId, state: 'draft' } } })
  if (!shape) return shapeNotFound
  const instanceId = choice.instanceId ?? shape.instanceId
  const endpointId =
    choice.endpointId ??
    (choice.instanceId === undefined || choice.instanceId === shape.instanceId ? shape.endpointId : null)
  const row =
    instanceId && isId(instanceId)
      ? await db.instance.findFirst({ where: { id: instanceId }, select: optionColumns })
      : null
  const [offered, endpoint] = await Promise.all([
    row ? offeredEndpoints(actor, { instanceId: row.id }) : null,
    row && endpointId ? chosenEndpoint(db, shapeId, row, endpointId) : null,
  ])
  return succeed({
    id: shape.id,
    flowId,
    name: shape.name,
    timeoutSeconds: shape.timeoutSeconds,
    saved: { instanceId: shape.instanceId, endpointId: shape.endpointId },
    instance: row ? instanceOption(row) : null,
    endpoint,
    offered: offered?.ok ? offered.value : null,
    offeredRefusal: offered && !offered.ok ? offered.error.message : null,
    defaultTimeoutSeconds: row?.method.timeoutSeconds ?? null,
  })
}

async function chosenEndpoint(
  db: WorkspaceDb,
  shapeId: string,
  instance: { id: string; connectorId: string },
  endpointId: string,
): Promise<ChosenEndpoint | null> {
  if (!isId(endpointId)) return null
  const [endpoint, values, available] = await Promise.all([
    db.endpoint.findFirst({
      where: { id: endpointId, connectorId: instance.connectorId },
      include: {
        variables: { orderBy: [{ position: 'asc' }, { id: 'asc' }] },
        parameters: { orderBy: [{ position: 'asc' }, { id: 'asc' }] },
      },
    }),
    db.shapeValue.findMany({ where: { shapeId }, select: { variableId: true, parameterId: true, value: true } }),
    acceptsInstance(db, endpointId, instance.id),
  ])
  if (!endpoint) return null
  const { id, name, entityType, url } = endpoint
  return {
    ...{ id, name, entityType, url, available, httpMethod: endpoint.httpMethod as HttpMethod },
    variables: endpoint.variables
      .map(variableDefinition)
      .filter(isShown)
      .map((definition) => {
        const stored = values.find(({ variableId }) => variableId === definition.id)
        return { definition, value: stored?.value ?? '', isSet: stored !== undefined }
      }),
    filters: endpoint.parameters
      .map(parameterDefinition)
      .filter((definition) => !definition.required)
      .map((definition) => ({
        definition,
        value: values.find(({ parameterId }) => parameterId === definition.id)?.value ?? null,
      })),
  }
}
