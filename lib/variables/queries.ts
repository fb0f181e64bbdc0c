import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { isId } from '@/lib/platform/db/is-id'
import { variableDefinition } from '@/lib/platform/db/read-definition'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { ownerColumns } from './owner'
import { deleteQuestions } from './rules'
import type { ConnectorVariableUse, VariableOwner, VariableView } from './views'

/** The variables of a connector, a method or an endpoint in their order, with how many instances hold a value for each. */
export async function listVariables(actor: Actor, owner: VariableOwner): Promise<Result<VariableView[]>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  if (!isId(owner.connectorId) || !isId(owner.ownerId)) return refuse('not_found', 'This does not exist, or no longer.')
  const db = workspaceDb(actor.workspaceId)
  const rows = await db.variable.findMany({ where: ownerColumns(owner), orderBy: [{ position: 'asc' }, { id: 'asc' }] })
  const held = await db.instanceValue.groupBy({
    by: ['variableId'],
    where: { variableId: { in: rows.map((row) => row.id) } },
    _count: true,
  })
  const countOf = new Map(held.map((group) => [group.variableId, group._count]))
  return succeed(
    rows.map((row) => ({
      ...variableDefinition(row),
      position: row.position,
      instancesWithValue: countOf.get(row.id) ?? 0,
    })),
  )
}

/** What goes with a variable when it is removed, asked before it is: a paragraph each, none when nothing does. */
export async function listRemovalQuestions(
  actor: Actor,
  owner: VariableOwner,
  variableId: string,
): Promise<Result<string[]>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const db = workspaceDb(actor.workspaceId)
  const row = await db.variable.findFirst({ where: { id: variableId, ...ownerColumns(owner) } })
  if (!row) return refuse('not_found', 'This variable does not exist, or no longer. Reload the page.')
  return succeed(await deleteQuestions(db, owner, row))
}

/** All variables of the connector, each with the flags the method uses it with, where it does. */
export async function listConnectorVariableUses(
  actor: Actor,
  connectorId: string,
  methodId: string,
): Promise<Result<ConnectorVariableUse[]>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  if (!isId(connectorId) || !isId(methodId)) return refuse('not_found', 'This does not exist, or no longer.')
  const rows = await workspaceDb(actor.workspaceId).variable.findMany({
    where: { connectorId, level: 'connector' },
    include: { uses: { where: { methodId } } },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  })
  return succeed(
    rows.map(({ uses: [use], ...row }) => ({
      variable: variableDefinition(row),
      use: use ? { required: use.required, configurable: use.configurable, advanced: use.advanced } : null,
    })),
  )
}
