import type { Actor } from '@/lib/domain/access/actor'
import { beginImportUpload } from '@/lib/imports/begin-import-upload'
import { confirmImport } from '@/lib/imports/confirm-import'
import { finishImportUpload } from '@/lib/imports/finish-import-upload'
import { getImport } from '@/lib/imports/get-import'
import type { ImportView } from '@/lib/imports/import-views'
import { readImport } from '@/lib/imports/jobs/read-import'
import { runWriteImport } from '@/lib/imports/jobs/write-import-job'
import { chunkBytes } from '@/lib/imports/reading/source-limits'
import { workspaceDb } from '@/lib/platform/db/client'
import { storeImportChunk } from '@/lib/imports/store-import-chunk'
import { valueOf } from './definition-builders'

/** An import as a person makes it, with the jobs done at once. */

export async function uploaded(actor: Actor, content: string | Uint8Array, fileName = 'openapi.json'): Promise<string> {
  const bytes = Buffer.from(content)
  const { id } = valueOf(await beginImportUpload(actor, { fileName }))
  for (let position = 0; position * chunkBytes < bytes.byteLength; position += 1) {
    const piece = bytes.subarray(position * chunkBytes, (position + 1) * chunkBytes)
    valueOf(await storeImportChunk(actor, { importId: id, position, bytes: piece.toString('base64') }))
  }
  valueOf(await finishImportUpload(actor, { importId: id }))
  return id
}

export const importOf = async (actor: Actor, importId: string): Promise<ImportView> =>
  valueOf(await getImport(actor, { importId }))

/** Uploads a file and reads it. */
export async function readFile(
  actor: Actor,
  content: string | Uint8Array,
  options: Parameters<typeof readImport>[1] = {},
): Promise<ImportView> {
  const importId = await uploaded(actor, content)
  await readImport({ workspaceId: actor.workspaceId, importId }, options)
  return importOf(actor, importId)
}

/** Imports what is chosen. */
export async function written(actor: Actor, importId: string): Promise<ImportView> {
  valueOf(await confirmImport(actor, { importId }))
  await runWriteImport({ workspaceId: actor.workspaceId, importId })
  return importOf(actor, importId)
}

/** Does what the jobs of a workspace's imports have to do now. */
export async function doImportJobs(workspaceId: string): Promise<void> {
  const rows = await workspaceDb(workspaceId).import.findMany({ select: { id: true, state: true } })
  for (const { id: importId, state } of rows) {
    if (state === 'waiting' || state === 'reading') await readImport({ workspaceId, importId })
    if (state === 'importing') await runWriteImport({ workspaceId, importId })
  }
}
