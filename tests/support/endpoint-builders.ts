import { systemDb } from '@/lib/platform/db/client'
import { foldName, slugify } from '@/lib/domain/names'
import type { AuthenticationType, InstanceStatus } from '@/lib/domain/vocabulary'
import { next } from './builders'

/** Writes rows of a connector directly to the database, for tests of something else. */

type Owner = { workspaceId: string; connectorId: string }

function named(name: string) {
  return { name, foldedName: foldName(name), key: `${slugify(name)}-${next()}` }
}

export async function aConnector(
  workspaceId: string,
  name = `Connector ${next()}`,
  baseUrl = 'https://api.acme.test',
): Promise<Owner> {
  const { id } = await systemDb().connector.create({ data: { workspaceId, ...named(name), baseUrl } })
  return { workspaceId, connectorId: id }
}

export async function aMethod(owner: Owner, name: string, type: AuthenticationType = 'basic') {
  const position = next()
  return systemDb().authenticationMethod.create({
    data: { ...owner, ...named(name), type, position },
    select: { id: true, name: true },
  })
}

export async function anEndpoint(
  owner: Owner,
  name: string,
  given: { entityType?: string; url?: string; httpMethod?: string } = {},
) {
  const data = { ...owner, ...named(name), entityType: 'Orders', url: '/orders', ...given }
  return systemDb().endpoint.create({ data, select: { id: true, name: true } })
}

export async function anInstance(
  owner: Owner,
  methodId: string,
  name = `Instance ${next()}`,
  status: InstanceStatus = 'connected',
) {
  return systemDb().instance.create({
    data: { ...owner, ...named(name), methodId, status },
    select: { id: true, name: true },
  })
}

export async function anEnablement(owner: Owner, endpointId: string, methodId: string): Promise<void> {
  await systemDb().enablement.create({ data: { ...owner, endpointId, methodId } })
}

/** A flow with one version in the given state, and in it a shape that calls the endpoint with the instance. */
export async function aFlowUsing(
  owner: Owner,
  use: { name: string; instanceId: string; endpointId: string; state?: 'draft' | 'deployed' | 'superseded' },
): Promise<{ flowId: string; shapeId: string }> {
  const { workspaceId, connectorId } = owner
  const flow = await systemDb().flow.create({ data: { workspaceId, ...named(use.name) } })
  const version = await systemDb().flowVersion.create({
    data: { workspaceId, flowId: flow.id, state: use.state ?? 'draft' },
  })
  const shape = await systemDb().shape.create({
    data: {
      workspaceId,
      connectorId,
      flowVersionId: version.id,
      name: 'Get orders',
      instanceId: use.instanceId,
      endpointId: use.endpointId,
    },
  })
  return { flowId: flow.id, shapeId: shape.id }
}
