import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Parameter } from '@/lib/platform/db/generated/client'
import { planParameters } from '@/lib/platform/db/plan-parameters'
import type { FieldChange } from '@/lib/domain/history/field-change'
import { parameterChanges } from '@/lib/domain/history/parameter-changes'
import { nameSome } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { EndpointParameter } from './schema'

type Owner = { id: string; workspaceId: string; connectorId: string }

/** Replaces the parameters of an endpoint. Removing a filter that flows fill needs confirmation (DATA §3). */
export async function replaceParameters(
  tx: WorkspaceTransaction,
  { id: endpointId, workspaceId, connectorId }: Owner,
  parameters: EndpointParameter[],
  confirmed: boolean,
): Promise<Result<{ changes: FieldChange[] }>> {
  const owner = { workspaceId, connectorId, endpointId }
  const { before, after, removed, write } = await planParameters(tx, owner, parameters)
  const asked = confirmed ? succeed(null) : await askForFilledFilters(tx, removed)
  if (!asked.ok) return asked
  await write()
  return succeed({ changes: parameterChanges(before, after) })
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
