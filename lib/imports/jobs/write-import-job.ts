import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { job } from '@/lib/platform/jobs/job'
import { importActor } from '../import-actor'
import { ImportWork, Overtaken } from '../import-work'
import { writeImport } from '../write-import'
import { sendImportJob } from './send-import-job'
import { importJob, type ImportJob } from './read-import'

const interrupted =
  'Importing was interrupted several times, by an error in Patchbay or because the server was stopped. Nothing was changed. Try again.'
const nobody =
  'The person or key that started this import can no longer change connectors, so nothing was changed. Start it again.'

/**
 * Writes an import in the name of the actor who started it. If it is refused, such as because of a taken name, or has
 * questions, the import stays as it was chosen, with the reason.
 */
export async function runWriteImport({ workspaceId, importId }: ImportJob): Promise<void> {
  const db = workspaceDb(workspaceId)
  const work = await ImportWork.take(db, importId, { from: ['importing'], to: 'importing' })
  if (work === null) return
  try {
    const refusal = await reasonNotToWrite(work)
    if (refusal !== null) await work.write({ state: 'ready', attempt: 0, ...refusal })
    else if (work.row.createsInstances === true) await sendImportJob('create-imported-instances', workspaceId, importId)
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
  }
}

/** Null if it was written, by this process or another one. An update may have questions first. */
async function reasonNotToWrite({
  db,
  row,
  isHopeless,
}: ImportWork): Promise<{ failure: string } | { questions: string[] } | null> {
  if (isHopeless) return { failure: interrupted }
  const actor = await importActor(db, row.requestedBy)
  if (actor === null) return { failure: nobody }
  const written = await writeImport(actor, { importId: row.id })
  if (written.ok) return null
  const { code, message } = written.error
  return code === 'confirmation_needed' ? { questions: message.split('\n') } : { failure: message }
}

export const writeImportJob = job({ name: 'write-import', payload: importJob, atOnce: 2, handle: runWriteImport })
