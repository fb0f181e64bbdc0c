import 'server-only'
import { z } from 'zod'
import { userIdOf } from '@/lib/domain/access/actor'
import { succeed, type Result } from '@/lib/domain/result'
import { operation, type Context } from '@/lib/operations/operation'
import { newId } from '@/lib/platform/db/new-id'
import { checkImport } from './check-import'
import { startImportSchema } from './import-schema'
import { sendImportJob } from './jobs/send-import-job'
import { piecesOf } from './reading/pieces'
import { writeChunk } from './source-chunks'

/**
 * Begins to import pasted text, or the document at an address, which the job loads. Nothing is added to the workspace
 * before someone has chosen what.
 */
export const startImport = operation({
  name: 'start_import',
  permission: 'change',
  input: startImportSchema,
  output: z.strictObject({ id: z.uuid() }),
  run: beginImport,
})

type Source = z.output<typeof startImportSchema> & { preset?: { key: string; hash: string } }

/** Stores the source, and has it read. */
export async function beginImport(
  { actor, db, workspaceId, transaction }: Context,
  { text, url, updates, applies, removeOthers, preset }: Source,
): Promise<Result<{ id: string }>> {
  const checked = await checkImport(db, updates)
  if (!checked.ok) return checked
  const id = newId()
  const bytes = new TextEncoder().encode(text)
  const started = await transaction(async (tx) => {
    await tx.import.create({
      data: {
        id,
        workspaceId,
        state: 'waiting',
        source: url === '' ? 'text' : 'url',
        sourceName: url,
        bytes: bytes.byteLength,
        createdById: userIdOf(actor),
        updatesId: updates,
        ...{ applies, removeOthers },
        ...(preset && { presetKey: preset.key, presetHash: preset.hash }),
      },
    })
    let position = 0
    for await (const piece of piecesOf(once(bytes))) {
      await writeChunk(tx, { workspaceId, importId: id }, position, piece)
      position += 1
    }
    return succeed({ id })
  })
  if (started.ok) await sendImportJob('read-import', workspaceId, id)
  return started
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
