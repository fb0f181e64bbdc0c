import 'server-only'
import { z } from 'zod'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { userIdOf } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { notFound } from '@/lib/domain/refusals'
import { succeed, type Result } from '@/lib/domain/result'
import { operation, type Context } from '@/lib/operations/operation'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Endpoint } from '@/lib/platform/db/generated/client'
import { checkEndpoint, hasBodyTemplate } from './check-endpoint'
import { endpointChanges, endpointFieldsOf, type EndpointFields } from './fields'
import { replaceParameters } from './replace-parameters'
import { saveEndpointSchema, type SaveEndpoint } from './schema'
import { unknownVariablesOf } from './unknown-variables'
import { columnsOf, refuseTakenName, existingSpelling } from './write-endpoints'

/** Saves details, URL, headers, body and response together, under one revision (rule R12). */
export const saveEndpoint = operation({
  name: 'update_endpoint',
  permission: 'change',
  input: saveEndpointSchema,
  output: z.strictObject({
    revision: z.int(),
    pendingOrigins: z.array(z.string()),
    unknownVariables: z.array(z.string()),
  }),
  run: changeEndpoint,
})

/**
 * Saves the definition of an endpoint, and audits the change.
 * @param isPart whether the caller changes more of the connector, and then updates its origins once
 */
export async function changeEndpoint(
  { actor, db, transaction, audit }: Context,
  input: SaveEndpoint,
  { isPart = false } = {},
) {
  const before = await db.endpoint.findFirst({ where: { id: input.endpointId } })
  if (!before) return notFound('endpoint')
  const checked = checkEndpoint(input)
  if (!checked.ok) return checked
  return refuseTakenName(input.name, () =>
    transaction(async (tx) => {
      const after = await fieldsToSave(tx, before, input)
      const revised = await reviseEndpoint(tx, actor, before, { revision: input.revision, fields: after })
      if (!revised.ok) return revised
      const replaced = await replaceParameters(tx, before, input.parameters, input.confirmed)
      if (!replaced.ok) return replaced
      await audit(tx, {
        objectType: 'endpoint',
        objectId: before.id,
        objectName: input.name,
        partOfId: before.connectorId,
        changes: [...endpointChanges(endpointFieldsOf(before), after), ...replaced.value.changes],
      })
      const revision = input.revision + 1
      if (isPart) return succeed({ revision, pendingOrigins: [], unknownVariables: [] })
      const { pending } = await syncConnectorOrigins(tx, actor, before.connectorId)
      const unknown = await unknownVariablesOf(tx, before.connectorId, [before.id])
      const unknownVariables = unknown.get(before.id) ?? []
      return succeed({ revision, pendingOrigins: pending, unknownVariables })
    }),
  )
}

/** Drops a body that the format does not use, and spells the entity type as the existing group. */
async function fieldsToSave(tx: WorkspaceTransaction, before: Endpoint, input: SaveEndpoint): Promise<EndpointFields> {
  const sameGroup = foldName(input.entityType) === foldName(before.entityType)
  return {
    ...endpointFieldsOf(input),
    entityType: sameGroup ? input.entityType : await existingSpelling(tx, before.connectorId, input.entityType),
    body: hasBodyTemplate(input.bodyFormat) ? input.body : '',
  }
}

async function reviseEndpoint(
  tx: WorkspaceTransaction,
  actor: Context['actor'],
  before: Endpoint,
  { revision, fields }: { revision: number; fields: EndpointFields },
): Promise<Result<null>> {
  const { count } = await tx.endpoint.updateMany({
    where: { id: before.id, revision },
    data: { ...columnsOf(fields), revision: { increment: 1 }, updatedAt: new Date(), updatedById: userIdOf(actor) },
  })
  if (count > 0) return succeed(null)
  const now = await tx.endpoint.findFirst({ where: { id: before.id }, select: { updatedAt: true, updatedById: true } })
  return now ? changedBySomeoneElse(`“${before.name}”`, now, tx) : notFound('endpoint')
}
