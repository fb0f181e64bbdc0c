import 'server-only'
import { sendJob } from '@/lib/platform/jobs/send-job'

/** Sends the next job of an import, after the state that asks for it was committed. */
export function sendImportJob(
  name: 'read-import' | 'write-import' | 'create-imported-instances',
  workspaceId: string,
  importId: string,
): Promise<void> {
  return sendJob(name, { workspaceId, importId }, importId)
}
