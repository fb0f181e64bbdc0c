import 'server-only'
import type { WorkspaceTransaction } from './client'
import type { Parameter } from './generated/client'
import { newId } from './new-id'

/** A method's parameters have its id, an endpoint's have its id, a connector's have neither. */
type Owner = { workspaceId: string; connectorId: string; methodId?: string; endpointId?: string }
type Written = Omit<Parameter, 'id' | 'position' | keyof Owner>
type Given = Pick<Written, 'place' | 'key' | 'value'> & Partial<Written> & { id: string | null }

/**
 * Plans to replace the parameters of an owner. Existing ones keep their IDs, so that references stay valid. A duplicate
 * ID, and one of another owner, count as new.
 * @returns the rows before and after, those that `write` removes, and `write`, which updates only what differs
 */
export async function planParameters<Parameters extends Given>(
  tx: WorkspaceTransaction,
  owner: Owner,
  parameters: readonly Parameters[],
) {
  const { connectorId, methodId = null, endpointId = null } = owner
  const where = { connectorId, methodId, endpointId }
  const before = await tx.parameter.findMany({ where, orderBy: { position: 'asc' } })
  const known = new Map(before.map((row) => [row.id, row]))
  const left = new Set(known.keys())
  const after = parameters.map(({ id, ...parameter }, position) => ({
    ...parameter,
    position,
    id: id !== null && left.delete(id) ? id : newId(),
  }))
  const write = async () => {
    await tx.parameter.deleteMany({ where: { ...where, id: { in: [...left] } } })
    for (const { id, ...data } of after.filter((row) => differs(known.get(row.id), row)))
      await tx.parameter.updateMany({ where: { ...where, id }, data })
    const added = after.filter((row) => !known.has(row.id))
    await tx.parameter.createMany({ data: added.map((row) => ({ ...row, ...owner })) })
  }
  return { before, after, removed: before.filter(({ id }) => left.has(id)), write }
}

function differs(before: Parameter | undefined, after: Partial<Parameter>): boolean {
  return (
    before !== undefined &&
    (Object.keys(after) as (keyof Parameter)[]).some(
      (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
    )
  )
}
