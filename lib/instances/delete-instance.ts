import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import { isId } from '@/lib/platform/db/is-id'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { foldName, nameSome } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { prepareRevocation, revokeTokens, type RevocationOutcome } from '@/lib/tokens/revoke-tokens'
import { causeOf } from '@/lib/exchange/request-context'
import { flowsUsing } from './flows-using'
import { instanceNotFound } from './refusals'
import type { DeleteInstance } from './schema'

type Removed = Result<{ name: string; connectorId: string }>
type Row = { name: string; connectorId: string; status: string; tokens: { id: string }[] }

/** Null: there was nothing to revoke, or no URL to do it at. */
type Deleted = Result<{ name: string; connectorId: string; revocation: RevocationOutcome | null }>

/**
 * Deletes an instance that no flow uses; the person types its name (rule R11). Its credentials go with it, and the third
 * party is asked to end its tokens once the deletion is certain: what comes of that is told, and undoes nothing.
 */
export async function deleteInstance(actor: Actor, { instanceId, typedName }: DeleteInstance): Promise<Deleted> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const prepared = isId(instanceId) ? await prepareRevocation(actor.workspaceId, instanceId) : null
  const removed = await remove(actor, instanceId, (row) =>
    foldName(typedName) === foldName(row.name)
      ? succeed(null)
      : refuse('invalid_input', `Type “${row.name}” to delete it.`, 'typedName'),
  )
  if (!removed.ok) return removed
  const revocation = prepared && (await revokeTokens(prepared, causeOf(actor, 'Revoke')))
  if (revocation) await recordRevocation(actor, { id: instanceId, name: removed.value.name }, revocation)
  return succeed({ ...removed.value, revocation })
}

async function recordRevocation(
  actor: Actor,
  { id, name }: { id: string; name: string },
  outcome: RevocationOutcome,
): Promise<void> {
  const tokens = outcome.revoked
    ? `revoked at ${outcome.host}`
    : `could not be revoked at ${outcome.host}: ${outcome.reason} Do it there by hand.`
  await workspaceDb(actor.workspaceId).$transaction((tx) =>
    recordAudit(tx, actor, {
      action: 'revoke_tokens',
      objectType: 'authorisation',
      objectId: id,
      objectName: name,
      changes: { tokens },
    }),
  )
}

/** *Discard*: an instance that was never authorised holds nothing in force, and goes without its name being typed. */
export async function discardInstance(actor: Actor, instanceId: string): Promise<Removed> {
  return remove(actor, instanceId, ({ status, tokens }) =>
    status === 'awaiting_authorisation' && tokens.length === 0
      ? succeed(null)
      : refuse(
          'invalid_input',
          'This instance has been authorised meanwhile. Delete it instead, if it is no longer needed.',
        ),
  )
}

/** For an instance whose first authorisation could not begin. */
export async function removeInstance(actor: Actor, instanceId: string): Promise<Removed> {
  return remove(actor, instanceId, () => succeed(null))
}

async function remove(actor: Actor, instanceId: string, check: (row: Row) => Result<null>): Promise<Removed> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  if (!isId(instanceId)) return instanceNotFound
  return commitUnlessRefused(workspaceDb(actor.workspaceId), async (tx) => {
    // Locked first, so that no shape can choose it between the count and the deletion.
    await tx.$queryRaw`SELECT 1 FROM "Instance" WHERE "id" = ${instanceId}::uuid AND "workspaceId" = ${actor.workspaceId}::uuid FOR UPDATE`
    const row = await tx.instance.findFirst({
      where: { id: instanceId },
      select: { name: true, connectorId: true, status: true, tokens: { select: { id: true }, take: 1 } },
    })
    if (!row) return instanceNotFound
    const removable = await checkRemovable(tx, instanceId, row, check)
    if (!removable.ok) return removable
    // Superseded versions keep snapshots and block nothing (DATA §9).
    await tx.shape.updateMany({ where: { instanceId }, data: { instanceId: null } })
    await tx.instance.delete({ where: { id: instanceId } })
    await recordAudit(tx, actor, {
      action: 'delete_instance',
      objectType: 'instance',
      objectId: instanceId,
      objectName: row.name,
    })
    return succeed({ name: row.name, connectorId: row.connectorId })
  })
}

async function checkRemovable(
  tx: WorkspaceTransaction,
  instanceId: string,
  row: Row,
  check: (row: Row) => Result<null>,
): Promise<Result<null>> {
  const { flows, flowCount } = await flowsUsing(tx, instanceId)
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
