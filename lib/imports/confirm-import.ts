import 'server-only'
import { z } from 'zod'
import { foldName } from '@/lib/domain/names'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { connectorNameTaken } from './install-connector'
import { notReady } from './import-refusals'
import { foundValuesOf } from './found-values'
import { confirmImportSchema } from './import-schema'
import { sendImportJob } from './jobs/send-import-job'

/** Begins to add the connector with what was chosen, or to update the one that the import updates. Of two who do so at once, one is refused. */
export const confirmImport = operation({
  name: 'confirm_import',
  permission: 'change',
  input: confirmImportSchema,
  output: z.strictObject({ id: z.uuid() }),
  run: async ({ actor, db, workspaceId }, { importId, confirmed, instances }) => {
    const row = await db.import.findFirst({
      where: { id: importId },
      select: { name: true, versionLabel: true, updatesId: true, foundValues: true, sealedValues: true },
    })
    if (!row) return notFound('import')
    if (instances === null && foundValuesOf(row).length > 0)
      return refuse(
        'invalid_input',
        'Choose whether to create instances with the values of the document, or to leave the values out.',
        'instances',
      )
    // Checked again when it is written; now, so that nobody waits for a refusal.
    const taken =
      row.updatesId === null &&
      (await db.connector.findFirst({
        where: { foldedName: foldName(row.name), foldedVersion: foldName(row.versionLabel) },
        select: { id: true },
      }))
    if (taken) return connectorNameTaken(row)
    const { count } = await db.import.updateMany({
      where: { id: importId, state: 'ready' },
      data: {
        state: 'importing',
        requestedBy: { ...actor } as object,
        failure: '',
        attempt: 0,
        confirmed,
        // Those that were confirmed stay, so that no other ones are confirmed with them.
        ...(!confirmed && { questions: [] }),
        createsInstances: instances === 'create',
      },
    })
    if (count === 0) return notReady()
    await sendImportJob('write-import', workspaceId, importId)
    return succeed({ id: importId })
  },
})
