import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Endpoint } from '@/lib/platform/db/generated/client'
import { isId } from '@/lib/platform/db/is-id'
import { permit, type Actor, userIdOf } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { succeed, type Result } from '@/lib/domain/result'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { checkEndpoint, hasBodyTemplate } from './check-endpoint'
import { endpointNotFound, refuseTakenName, spelledAsBefore } from './insert-endpoint'
import { replaceParameters } from './replace-parameters'
import type { SaveEndpoint } from './schema'

/** Saves details, URL, headers, body and response together, under one revision (rule R12). */
export async function saveEndpoint(
  actor: Actor,
  input: SaveEndpoint,
): Promise<Result<{ revision: number; pendingOrigins: string[] }>> {
  const permitted = permit(actor, 'change')
  if (!permitted.ok) return permitted
  if (!isId(input.endpointId)) return endpointNotFound()
  const db = workspaceDb(actor.workspaceId)
  const before = await db.endpoint.findFirst({ where: { id: input.endpointId } })
  if (!before) return endpointNotFound()
  const checked = checkEndpoint(input)
  if (!checked.ok) return checked
  return refuseTakenName(input.name, () =>
    commitUnlessRefused(db, async (tx) => {
      const revised = await reviseEndpoint(tx, actor, before, input)
      if (!revised.ok) return revised
      const replaced = await replaceParameters(tx, before, input.parameters, input.confirmed ?? false)
      if (!replaced.ok) return replaced
      await recordAudit(tx, actor, {
        action: 'update_endpoint',
        objectType: 'endpoint',
        objectId: before.id,
        objectName: input.name,
        changes: { ...changesOf(before, input), ...(replaced.value.changed && { parameters: 'changed' }) },
      })
      const { pending } = await syncConnectorOrigins(tx, actor, before.connectorId)
      return succeed({ revision: input.revision + 1, pendingOrigins: pending })
    }),
  )
}

async function reviseEndpoint(
  tx: WorkspaceTransaction,
  actor: Actor,
  before: Endpoint,
  input: SaveEndpoint,
): Promise<Result<null>> {
  const { name, direction, deprecated, httpMethod, url, bodyFormat, dataPath } = input
  const { count } = await tx.endpoint.updateMany({
    where: { id: before.id, revision: input.revision },
    data: {
      ...{ name, direction, deprecated, httpMethod, url, bodyFormat, dataPath },
      foldedName: foldName(name),
      entityType:
        foldName(input.entityType) === foldName(before.entityType)
          ? input.entityType
          : await spelledAsBefore(tx, before.connectorId, input.entityType),
      body: hasBodyTemplate(bodyFormat) ? input.body : '',
      revision: { increment: 1 },
      updatedAt: new Date(),
      updatedById: userIdOf(actor),
    },
  })
  if (count > 0) return succeed(null)
  const now = await tx.endpoint.findFirst({ where: { id: before.id }, select: { updatedAt: true, updatedById: true } })
  return now ? changedBySomeoneElse(`“${before.name}”`, now, tx) : endpointNotFound()
}

const audited = [
  'name',
  'entityType',
  'direction',
  'deprecated',
  'httpMethod',
  'url',
  'bodyFormat',
  'dataPath',
] as const

function changesOf(before: Endpoint, input: SaveEndpoint) {
  const changed = audited
    .filter((field) => before[field] !== input[field])
    .map((field) => [field, { from: before[field], to: input[field] }])
  return {
    ...Object.fromEntries(changed),
    ...(before.body !== input.body && hasBodyTemplate(input.bodyFormat) && { body: 'changed' }),
  }
}
