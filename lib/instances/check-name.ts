import 'server-only'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { foldName } from '@/lib/domain/names'
import { succeed, type Result } from '@/lib/domain/result'
import { nameTaken } from '@/lib/credentials/write-instance'

/** Checked before anything is sent to a third party. The constraint of the database decides in the end. */
export async function checkNameFree(
  db: WorkspaceDb,
  connector: { id: string; name: string },
  name: string,
  exceptId?: string,
): Promise<Result<null>> {
  const other = await db.instance.findFirst({
    where: {
      connectorId: connector.id,
      foldedName: foldName(name),
      ...(exceptId !== undefined && { id: { not: exceptId } }),
    },
    select: { id: true },
  })
  return other ? nameTaken(name, connector.name) : succeed(null)
}
