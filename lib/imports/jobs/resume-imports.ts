import 'server-only'
import { systemDb } from '@/lib/platform/db/client'
import type { ImportState } from '@/lib/platform/db/generated/client'
import { job, noPayload } from '@/lib/platform/jobs/job'
import { sendImportJob } from './send-import-job'

const mostAtOnce = 200

/** Sends the jobs of imports again that wait for one. Those that have one get no second one. */
export async function resumeImports(): Promise<void> {
  const waiting = await systemDb().import.findMany({
    where: {
      OR: [
        { state: { in: ['waiting', 'reading', 'importing'] } },
        { state: 'imported', createsInstances: true, sealedValues: { not: null } },
      ],
    },
    orderBy: { createdAt: 'asc' },
    take: mostAtOnce,
    select: { id: true, workspaceId: true, state: true },
  })
  for (const { id, workspaceId, state } of waiting) await sendImportJob(jobFor[state] ?? 'read-import', workspaceId, id)
}

const jobFor: Partial<Record<ImportState, Parameters<typeof sendImportJob>[0]>> = {
  importing: 'write-import',
  imported: 'create-imported-instances',
}

/** Every minute, and at start. */
export const resumeImportsJob = job({
  name: 'resume-imports',
  schedule: '* * * * *',
  payload: noPayload,
  handle: resumeImports,
})
