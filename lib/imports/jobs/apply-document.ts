import 'server-only'
import type { Actor } from '@/lib/domain/access/actor'
import type { Result } from '@/lib/domain/result'
import { compareWithConnector, connectorNow } from '../apply/compare-with-connector'
import { applicationOf, refusalOfBase, type Application } from '../apply/write-application'
import { readByOtherVersion } from '../import-refusals'
import type { ImportWork } from '../import-work'
import { writeImport } from '../write-import'

/** How often it is compared again with a connector that is changed between comparing and applying. */
const attempts = 3

/** Applies the document of an import, after it was compared again if the connector has changed since. */
export async function applyDocument(work: ImportWork, actor: Actor): Promise<Result<null>> {
  for (let attempt = 1, application = applicationOf(work.row); ; attempt += 1) {
    const current = await compared(work, application)
    if (current === null) return readByOtherVersion()
    const refused = refusalOfBase(current)
    if (refused !== null) return refused
    const written = await writeImport(actor, { importId: work.row.id })
    const wasChanged = !written.ok && written.error.code === 'changed_by_someone_else'
    if (!wasChanged || attempt === attempts) return written
    application = current
  }
}

async function compared(work: ImportWork, application: Application): Promise<Application | null> {
  const { key, stamp } = application.comparison
  if (((await connectorNow(work.db, key))?.stamp ?? '') === stamp) return application
  const comparison = await compareWithConnector(work, work.row.definition)
  return comparison && { ...application, comparison }
}
