import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { permit, type Actor, userIdOf } from '@/lib/domain/access/actor'
import { foldName, freeKey, nameSome, slugify } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { syncConnectorOrigins } from './origins/sync-origins'
import { checkDetails } from './check-details'
import { describeChange } from './describe-change'
import { connectorNotFound } from './queries'
import { readIcon } from './read-icon'
import type { CreateConnector, DeleteConnector, UpdateConnector } from './schema'

/** One change in one transaction; a name that is taken is said beside its field. */
async function change<Value>(
  actor: Actor,
  details: Pick<CreateConnector, 'name' | 'versionLabel'> | null,
  work: (tx: WorkspaceTransaction) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  try {
    return await commitUnlessRefused(workspaceDb(actor.workspaceId), work)
  } catch (error) {
    if (!details || !uniqueViolation(error)) throw error
    return refuse('name_taken', nameTaken(details), 'name')
  }
}

function nameTaken({ name, versionLabel }: Pick<CreateConnector, 'name' | 'versionLabel'>): string {
  if (versionLabel === '')
    return `There is already a connector called “${name}”. Choose another name, or give this one a version label.`
  return `There is already a connector called “${name}” with the version “${versionLabel}”. Choose another name or version.`
}

export function createConnector(actor: Actor, input: CreateConnector): Promise<Result<{ id: string }>> {
  return change(actor, input, async (tx) => {
    const columns = columnsOf(input)
    if (!columns.ok) return columns
    const { id } = await tx.connector.create({
      data: {
        ...columns.value,
        workspaceId: actor.workspaceId,
        key: await newKey(tx, input.name),
        updatedById: userIdOf(actor),
      },
      select: { id: true },
    })
    await recordAudit(tx, actor, {
      action: 'create_connector',
      objectType: 'connector',
      objectId: id,
      objectName: input.name,
    })
    await syncConnectorOrigins(tx, actor, id)
    return succeed({ id })
  })
}

async function newKey(tx: WorkspaceTransaction, name: string): Promise<string> {
  const taken = await tx.connector.findMany({ where: { key: { startsWith: slugify(name) } }, select: { key: true } })
  return freeKey(name, new Set(taken.map(({ key }) => key)))
}

/** The row's columns, once the details and the icon are found to be in order. */
function columnsOf({ icon, ...details }: CreateConnector) {
  const checked = checkDetails(details)
  if (!checked.ok) return checked
  const picture = icon instanceof Uint8Array ? readIcon(icon) : null
  if (picture && !picture.ok) return picture
  return succeed({
    ...details,
    foldedName: foldName(details.name),
    foldedVersion: foldName(details.versionLabel),
    rateLimitUnit: details.rateLimitAmount === null ? null : details.rateLimitUnit,
    ...(picture && { icon: new Uint8Array(picture.value.bytes), iconType: picture.value.type }),
    ...(icon === 'remove' && { icon: null, iconType: null }),
  })
}

export function updateConnector(
  actor: Actor,
  { connectorId, revision, ...input }: UpdateConnector,
): Promise<Result<{ revision: number; pendingOrigins: string[] }>> {
  return change(actor, input, async (tx) => {
    const before = await tx.connector.findFirst({ where: { id: connectorId }, omit: { icon: true } })
    if (!before) return connectorNotFound
    const columns = columnsOf(input)
    if (!columns.ok) return columns
    const { count } = await tx.connector.updateMany({
      where: { id: connectorId, revision },
      data: { ...columns.value, revision: { increment: 1 }, updatedAt: new Date(), updatedById: userIdOf(actor) },
    })
    if (count === 0)
      return changedBySomeoneElse(
        `“${before.name}”`,
        (await tx.connector.findFirst({ where: { id: connectorId }, omit: { icon: true } })) ?? before,
        tx,
      )
    await recordAudit(tx, actor, {
      action: 'update_connector',
      objectType: 'connector',
      objectId: connectorId,
      objectName: input.name,
      changes: describeChange(before, columns.value, input.icon),
    })
    const { pending } = await syncConnectorOrigins(tx, actor, connectorId)
    return succeed({ revision: revision + 1, pendingOrigins: pending })
  })
}

/** Rule R11: a connector with instances stays, and the refusal names them. The typed name keeps a slip of the hand from deleting. */
export function deleteConnector(
  actor: Actor,
  { connectorId, typedName }: DeleteConnector,
): Promise<Result<{ name: string }>> {
  return change(actor, null, async (tx) => {
    const row = await tx.connector.findFirst({ where: { id: connectorId }, select: { name: true } })
    if (!row) return connectorNotFound
    // Keeps new instances out until the deletion is through.
    await tx.$queryRaw`SELECT 1 FROM "Connector" WHERE "workspaceId" = ${actor.workspaceId}::uuid AND "id" = ${connectorId}::uuid FOR UPDATE`
    const instances = await tx.instance.count({ where: { connectorId } })
    if (instances > 0) return refuse('in_use', await usedBy(tx, connectorId, row.name, instances))
    if (foldName(typedName) !== foldName(row.name))
      return refuse('invalid_input', `Type “${row.name}” to delete this connector.`, 'typedName')
    await tx.connector.delete({ where: { id: connectorId } })
    await recordAudit(tx, actor, {
      action: 'delete_connector',
      objectType: 'connector',
      objectId: connectorId,
      objectName: row.name,
    })
    return succeed({ name: row.name })
  })
}

async function usedBy(tx: WorkspaceTransaction, connectorId: string, name: string, count: number): Promise<string> {
  const some = await tx.instance.findMany({
    where: { connectorId },
    select: { name: true },
    orderBy: { foldedName: 'asc' },
    take: 5,
  })
  const instances = nameSome(
    some.map((instance) => instance.name),
    count,
  )
  return `“${name}” cannot be deleted while it has ${count === 1 ? 'an instance' : 'instances'}: ${instances}. Delete ${count === 1 ? 'it' : 'them'} first.`
}
