import 'server-only'
import { z } from 'zod'
import { userIdOf } from '@/lib/domain/access/actor'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { idOf } from '@/lib/operations/input'
import { operation, within } from '@/lib/operations/operation'
import { Prisma } from '@/lib/platform/db/generated/client'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { writeApplication } from './apply/write-application'
import { foundValuesOf, withoutValues } from './found-values'
import { connectorNameTaken, installedEntry } from './install-connector'
import { linkItems } from './update/link-items'
import { writeUpdate } from './update/write-update'
import { lockImporting, writeChosen, type WrittenConnector } from './write-chosen'

/** For 25,000 endpoints on a slow disk. */
const patience = { timeout: 15 * 60_000, maxWait: 30_000 }

/**
 * Adds the connector of an import with the chosen methods and endpoints, or updates the one that the import updates, in
 * one transaction, or applies its document, in the name of the actor who started it. Only the job calls it. Another process that does the same
 * waits for it, and then finds it done.
 */
export const writeImport = operation({
  name: 'write_import',
  permission: 'change',
  input: z.strictObject({ importId: idOf('import') }),
  output: z.null(),
  run: async (context, { importId }) => {
    const { actor, db, workspaceId, transaction, audit } = context
    const row = await db.import.findFirst({
      where: { id: importId },
      select: {
        ...{ name: true, versionLabel: true, updatesId: true, applies: true },
        ...{ foundValues: true, sealedValues: true, createsInstances: true },
      },
    })
    if (!row) return notFound('import')
    try {
      return await transaction(async (tx) => {
        // It locks the connector first, as its deletion does.
        if (row.updatesId !== null)
          return writeUpdate(within(context, tx, 'write_import'), tx, { importId, connectorId: row.updatesId })
        if (row.applies) return writeApplication(within(context, tx, 'apply_connector_document'), tx, importId)
        if (!(await lockImporting(tx, importId))) return succeed(null)
        const written = await writeChosen(tx, actor, importId)
        if (!written.ok) return written
        const { connectorId, plan, keys, methods, endpoints } = written.value
        await linkItems(tx, { workspaceId, importId }, methods)
        await tx.importItem.updateMany({
          where: { importId, kind: 'endpoint', chosen: false },
          data: { rows: Prisma.DbNull },
        })
        await tx.import.updateMany({
          where: { id: importId },
          data: {
            state: 'imported',
            open: false,
            connectorId,
            importedAt: new Date(),
            importedById: userIdOf(actor),
            done: 0,
            total: 0,
            attempt: 0,
            ...valuesOfWritten(row, keys),
          },
        })
        await audit(tx, { action: 'import_connector', ...installedEntry(connectorId, plan, endpoints) })
        return succeed(null)
      }, patience)
    } catch (error) {
      if (!uniqueViolation(error) || row.updatesId !== null) throw error
      return connectorNameTaken(row)
    }
  },
})

/** The values wait for a job that creates instances of the methods that were written. */
function valuesOfWritten(
  row: { foundValues: unknown; sealedValues: string | null; createsInstances: boolean | null },
  keys: WrittenConnector['keys'],
) {
  if (row.createsInstances !== true || row.sealedValues === null) return withoutValues
  return { foundValues: foundValuesOf(row).map((found) => ({ ...found, key: keys.get(found.method) ?? null })) }
}
