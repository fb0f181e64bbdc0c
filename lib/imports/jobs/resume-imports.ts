import 'server-only'
import { systemDb } from '@/lib/platform/db/client'
import { job, noPayload } from '@/lib/platform/jobs/job'
import { sendImportJob } from './send-import-job'

const mostAtOnce = 200

/** Sends the jobs of imports again that wait for one. Those that have one get no second one. */
export async function resumeImports(): Promise<void> {
  const waiting = await systemDb().import.findMany({
    where: { state: { in: ['waiting', 'reading', 'importing'] } },
    orderBy: { createdAt: 'asc' },
    take: mostAtOnce,
    select: { id: true, workspaceId: true, state: true },
  })
  for (const { id, workspaceId, state } of waiting)
    await sendImportJob(state === 'importing' ? 'write-import' : 'read-import', workspaceId, id)
}

/** Every minute, and at start. */
export const resumeImportsJob = job({
  name: 'resume-imports',
  schedule: '* * * * *',
  payload: noPayload,
  handle: resumeImports,
})
