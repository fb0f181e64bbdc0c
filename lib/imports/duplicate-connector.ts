import 'server-only'
import { blockChanges } from '@/lib/connectors/block-changes'
import { z } from 'zod'
import { freeConnectorKey } from '@/lib/connectors/free-connector-key'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { userIdOf } from '@/lib/domain/access/actor'
import { compareValues, fact } from '@/lib/domain/history/compare-values'
import { foldName, slugify } from '@/lib/domain/names'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { newId } from '@/lib/platform/db/new-id'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { copyDefinition } from './copy-definition'
import { duplicateConnectorSchema } from './preset-schema'

/**
 * Copies a connector under another version label: details, variables, methods, endpoints, parameters and enablement.
 * Instances, and the values of methods for their instances, are not copied.
 */
export const duplicateConnector = operation({
  name: 'duplicate_connector',
  permission: 'change',
  input: duplicateConnectorSchema,
  output: z.strictObject({ id: z.uuid() }),
  run: async ({ actor, transaction, audit }, { connectorId, versionLabel }) => {
    try {
      return await transaction(async (tx) => {
        await blockChanges(tx, actor.workspaceId, connectorId)
        const original = await tx.connector.findFirst({ where: { id: connectorId }, omit: { generation: true } })
        if (!original) return notFound('connector')
        const {
          name,
          versionLabel: before,
          revision: _,
          createdAt: _created,
          updatedAt: _updated,
          managedBy: _managedBy,
          ...details
        } = original
        const id = newId()
        await tx.connector.create({
          data: {
            ...details,
            id,
            name,
            versionLabel,
            foldedVersion: foldName(versionLabel),
            key: await freeConnectorKey(tx, actor.workspaceId, slugify(name)),
            updatedById: userIdOf(actor),
          },
        })
        const copied = await copyDefinition(tx, actor, connectorId, id)
        await audit(tx, {
          objectType: 'connector',
          objectId: id,
          objectName: name,
          changes: [
            ...compareValues('versionLabel', before, versionLabel),
            ...fact('methods', copied.methods),
            ...fact('endpoints', copied.endpoints),
          ],
        })
        await syncConnectorOrigins(tx, actor, id)
        return succeed({ id })
      })
    } catch (error) {
      if (!uniqueViolation(error)?.includes('foldedVersion')) throw error
      return refuse(
        'name_taken',
        `There is already a version “${versionLabel}” of this connector. Choose another label.`,
        'versionLabel',
      )
    }
  },
})
