import 'server-only'
import type { Context } from '@/lib/operations/operation'
import { notFound } from '@/lib/domain/refusals'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import { nameSome } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { flowsUsing } from './flows-using'

export type Removed = Result<{ name: string; connectorId: string }>

export type Row = { name: string; connectorId: string; status: string; tokens: { id: string }[] }

/** Removes an instance whose first authorisation could not start. */
export async function removeInstance(context: Context, instanceId: string): Promise<Removed> {
  return remove(context, instanceId, () => succeed(null))
}

export async function remove(
  { workspaceId, transaction, audit }: Context,
  instanceId: string,
  check: (row: Row) => Result<null>,
): Promise<Removed> {
  return transaction(async (tx) => {
    // Locked first, so that no shape can choose it between the count and the deletion.
    await tx.$queryRaw`SELECT 1 FROM "Instance" WHERE "id" = ${instanceId}::uuid AND "workspaceId" = ${workspaceId}::uuid FOR UPDATE`
    const removable = await findRemovable(tx, instanceId, check)
    if (!removable.ok) return removable
    const row = removable.value
    // Superseded versions have snapshots, so they do not block a deletion (DATA Â§9).
    await tx.shape.updateMany({ where: { instanceId }, data: { instanceId: null } })
    await tx.instance.delete({ where: { id: instanceId } })
    await audit(tx, {
      action: 'delete_instance',
      objectType: 'instance',
      objectId: instanceId,
      objectName: row.name,
    })
    return succeed({ name: row.name, connectorId: row.connectorId })
  })
}

/** The instance, unless it may not be deleted. */
export async function findRemovable(
  db: WorkspaceDb | WorkspaceTransaction,
  instanceId: string,
  check: (row: Row) => Result<null>,
): Promise<Result<Row>> {
  const row = await db.instance.findFirst({
    where: { id: instanceId },
    select: { name: true, connectorId: true, status: true, tokens: { select: { id: true }, take: 1 } },
  })
  if (!row) return notFound('instance')
  const removable = await checkRemovable(db, instanceId, row, check)
  return removable.ok ? succeed(row) : removable
}

async function checkRemovable(
  db: WorkspaceDb | WorkspaceTransaction,
  instanceId: string,
  row: Row,
  check: (row: Row) => Result<null>,
): Promise<Result<null>> {
  const { flows, flowCount } = await flowsUsing(db, instanceId)
  if (flowCount === 0) return check(row)
  const [noun, verb] = flowCount === 1 ? ['The flow', 'uses'] : ['The flows', 'use']
  const names = nameSome(
    flows.map((flow) => flow.name),
    flowCount,
  )
  return refuse(
    'in_use',
    `“${row.name}” cannot be deleted. ${noun} ${names} ${verb} it: choose another instance there first.`,
  )
}
