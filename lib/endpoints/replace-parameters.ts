import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Parameter } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import type { FieldChange } from '@/lib/domain/history/field-change'
import { parameterChanges } from '@/lib/domain/history/parameter-changes'
import { nameSome } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { EndpointParameter } from './schema'

type Owner = { id: string; workspaceId: string; connectorId: string }

/**
 * Existing parameters keep their ids, so that the filters of shapes keep their values; an id of another owner counts as
 * new. Taking away a filter that flows fill asks first (DATA §3).
 */
export async function replaceParameters(
  tx: WorkspaceTransaction,
  endpoint: Owner,
  parameters: EndpointParameter[],
  confirmed: boolean,
): Promise<Result<{ changes: FieldChange[] }>> {
  const before = await tx.parameter.findMany({ where: { endpointId: endpoint.id }, orderBy: { position: 'asc' } })
  const known = new Map(before.map((row) => [row.id, row]))
  const rows = parameters.map(({ id, ...parameter }, position) => ({
    ...parameter,
    position,
    id: id !== null && known.has(id) ? id : newId(),
  }))
  const kept = new Set(rows.map((row) => row.id))
  const removed = before.filter((row) => !kept.has(row.id))
  const asked = confirmed ? succeed(null) : await askForFilledFilters(tx, removed)
  if (!asked.ok) return asked
  const added = rows.filter((row) => !known.has(row.id))
  const edited = rows.filter((row) => differs(known.get(row.id), row))
  await tx.parameter.deleteMany({ where: { id: { in: removed.map((row) => row.id) } } })
  for (const { id, ...data } of edited) await tx.parameter.updateMany({ where: { id, endpointId: endpoint.id }, data })
  const { workspaceId, connectorId, id: endpointId } = endpoint
  await tx.parameter.createMany({ data: added.map((row) => ({ ...row, workspaceId, connectorId, endpointId })) })
  return succeed({ changes: parameterChanges(before, rows) })
}

function differs(before: Parameter | undefined, after: Omit<EndpointParameter, 'id'> & { position: number }): boolean {
  return (
    before !== undefined &&
    (Object.keys(after) as (keyof typeof after)[]).some((field) => before[field] !== after[field])
  )
}

async function askForFilledFilters(tx: WorkspaceTransaction, removed: Parameter[]): Promise<Result<null>> {
  const values = { some: { parameterId: { in: removed.map((row) => row.id) } } }
  const flows = await tx.flow.findMany({
    where: { versions: { some: { state: { in: ['draft', 'deployed'] }, shapes: { some: { values } } } } },
    select: { name: true },
    orderBy: { foldedName: 'asc' },
  })
  if (flows.length === 0) return succeed(null)
  const names = flows.map((flow) => flow.name)
  const filters = removed.map((row) => row.key)
  const filled = `${nameSome(names.slice(0, 5), names.length)} ${names.length === 1 ? 'gives' : 'give'} a value to ${nameSome(filters.slice(0, 5), filters.length)}`
  return refuse(
    'confirmation_needed',
    `${filled}. Removing the parameter removes that value from the ${names.length === 1 ? 'flow' : 'flows'}.`,
    'confirmed',
  )
}
