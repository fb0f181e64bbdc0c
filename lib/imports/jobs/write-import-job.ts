import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { job } from '@/lib/platform/jobs/job'
import { importActor } from '../import-actor'
import { ImportWork, Overtaken } from '../import-work'
import { writeImport } from '../write-import'
import { importJob, type ImportJob } from './read-import'

const interrupted =
  'Importing was interrupted several times, by an error in Patchbay or because the server was stopped. Nothing was added. Try again.'
const nobody = 'Whoever started this import can no longer change connectors, so nothing was added. Start it again.'

/**
 * Writes an import in the name of the actor who started it. If it is refused, such as because of a taken name, the
 * import stays as it was chosen, with the reason.
 */
export async function runWriteImport({ workspaceId, importId }: ImportJob): Promise<void> {
  const db = workspaceDb(workspaceId)
  const work = await ImportWork.take(db, importId, { from: ['importing'], to: 'importing' })
  if (work === null) return
  try {
    const refusal = await reasonNotToWrite(work)
    if (refusal !== null) return await work.write({ state: 'ready', failure: refusal, attempt: 0 })
    await db.importItem.deleteMany({ where: { importId, import: { state: 'imported' } } })
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
  }
}

/** Null if it was written, by this process or another one. */
async function reasonNotToWrite({ db, row, isHopeless }: ImportWork): Promise<string | null> {
  if (isHopeless) return interrupted
  const actor = await importActor(db, row.requestedBy)
  if (actor === null) return nobody
  const written = await writeImport(actor, { importId: row.id })
  return written.ok ? null : written.error.message
}

export const writeImportJob = job({ name: 'write-import', payload: importJob, atOnce: 2, handle: runWriteImport })
