import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Parameter } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import { ofConnector } from '@/lib/platform/db/read-definition'
import type { SaveConnectorParameters } from './schema'

type Owner = { workspaceId: string; connectorId: string }

/**
 * Replaces the parameters of a connector. Existing ones keep their ids; an id of another owner counts as new.
 * @returns the rows before and after
 */
export async function writeConnectorParameters(
  tx: WorkspaceTransaction,
  { workspaceId, connectorId }: Owner,
  parameters: SaveConnectorParameters['parameters'],
): Promise<{ before: Parameter[]; after: Omit<Parameter, keyof Owner | 'methodId' | 'endpointId'>[] }> {
  const where = { connectorId, ...ofConnector }
  const before = await tx.parameter.findMany({ where, orderBy: { position: 'asc' } })
  const known = new Set(before.map(({ id }) => id))
  const after = parameters.map(({ id, ...parameter }, position) => ({
    ...parameter,
    ...alwaysSent,
    position,
    id: id !== null && known.has(id) ? id : newId(),
  }))
  await tx.parameter.deleteMany({ where: { ...where, id: { notIn: after.map(({ id }) => id) } } })
  for (const { id, ...data } of after.filter((row) => known.has(row.id)))
    await tx.parameter.updateMany({ where: { ...where, id }, data })
  const added = after.filter((row) => !known.has(row.id))
  await tx.parameter.createMany({ data: added.map((row) => ({ ...row, workspaceId, connectorId })) })
  return { before, after }
}

const alwaysSent = { required: true, displayName: '', helpText: '', phases: [], steps: [] }
