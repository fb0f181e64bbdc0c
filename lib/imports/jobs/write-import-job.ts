import 'server-only'
import { refuse, type Result } from '@/lib/domain/result'
import { workspaceDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { job } from '@/lib/platform/jobs/job'
import { importActor } from '../import-actor'
import { ImportWork, Overtaken } from '../import-work'
import { writeImport } from '../write-import'
import { applyDocument } from './apply-document'
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
    if (refusal !== null) await work.write({ attempt: 0, ...refusal })
    else if (work.row.createsInstances === true) await sendImportJob('create-imported-instances', workspaceId, importId)
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
  }
}

/** Null if it was written, by this process or another one. */
async function reasonNotToWrite(work: ImportWork): Promise<Prisma.ImportUncheckedUpdateManyInput | null> {
  const { row } = work
  const written = await write(work)
  if (written.ok) return null
  const { code, message } = written.error
  if (row.applies) return { state: 'compared', failure: message, outcome: { refusal: code } }
  // An update may have questions first.
  const isQuestion = row.updatesId !== null && code === 'confirmation_needed'
  return { state: 'ready', ...(isQuestion ? { questions: message.split('\n') } : { failure: message }) }
}

async function write(work: ImportWork): Promise<Result<null>> {
  const { db, row, isHopeless } = work
  if (isHopeless) return refuse('unavailable', interrupted)
  const actor = await importActor(db, row.requestedBy)
  if (actor === null) return refuse('not_allowed', nobody)
  return row.applies ? applyDocument(work, actor) : writeImport(actor, { importId: row.id })
}

export const writeImportJob = job({ name: 'write-import', payload: importJob, atOnce: 2, handle: runWriteImport })
