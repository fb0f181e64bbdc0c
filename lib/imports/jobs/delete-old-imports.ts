import 'server-only'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { withoutValues } from '../found-values'
import { appendLine } from '../import-rows'
import { nameOfOldSource } from '../shown-source'

const hourMs = 60 * 60 * 1_000
/** After which the source is dropped, whatever became of it. */
const sourceHours = 24
/** After which an import that nobody has finished is deleted. */
const unfinishedDays = 30

const unread = 'This document was not read within 24 hours. Import it again.'

const deletedValues =
  'The values for instances were deleted after 24 hours. Enter them in the instances, or import the document again.'

/**
 * Drops sources and values that are a day old, what failed and cancelled imports no longer need, and imports that nobody
 * has finished.
 */
export async function deleteOldImports(now: Date): Promise<void> {
  const db = systemDb()
  const dayAgo = new Date(now.getTime() - sourceHours * hourMs)
  const unreadOnes = {
    state: { in: ['uploading', 'waiting', 'reading'] },
    createdAt: { lt: dayAgo },
  } satisfies Prisma.ImportWhereInput
  const select = { id: true, source: true, sourceName: true }
  for (const { id, ...row } of await db.import.findMany({ where: unreadOnes, select }))
    await db.import.updateMany({
      where: { ...unreadOnes, id },
      data: { state: 'failed', failure: unread, sourceName: nameOfOldSource(row) },
    })
  await db.import.updateMany({
    where: { state: { in: ['failed', 'cancelled'] }, sealedValues: { not: null } },
    data: { sealedValues: null },
  })
  await deleteOldValues(dayAgo)
  await db.importChunk.deleteMany({ where: { import: { createdAt: { lt: dayAgo } } } })
  await db.importItem.deleteMany({ where: { import: { state: { in: ['failed', 'cancelled'] } } } })
  // A program waits for what it applies; its connector has no other trace of it.
  await db.import.deleteMany({
    where: { applies: true, state: { notIn: ['importing'] }, createdAt: { lt: dayAgo } },
  })
  await db.import.deleteMany({
    where: {
      state: { in: ['ready', 'failed', 'cancelled'] },
      createdAt: { lt: new Date(now.getTime() - unfinishedDays * 24 * hourMs) },
    },
  })
}

/** Values that no instance was created with. The rest of the import stays. */
async function deleteOldValues(dayAgo: Date): Promise<void> {
  const old = {
    OR: [
      { state: 'ready', createdAt: { lt: dayAgo } },
      { state: 'imported', importedAt: { lt: dayAgo } },
    ],
    sealedValues: { not: null },
  } satisfies Prisma.ImportWhereInput
  for (const { id, workspaceId } of await systemDb().import.findMany({
    where: old,
    select: { id: true, workspaceId: true },
  }))
    await workspaceDb(workspaceId).$transaction(async (tx) => {
      const { count } = await tx.import.updateMany({ where: { ...old, id }, data: { ...withoutValues, done: 0 } })
      const line = { kind: 'not_imported' as const, pointer: '', message: deletedValues }
      if (count > 0) await appendLine(tx, { workspaceId, importId: id }, line)
    })
}
