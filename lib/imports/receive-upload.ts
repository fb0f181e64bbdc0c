import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/domain/access/actor'
import { refuse, type Result } from '@/lib/domain/result'
import { beginImportUpload } from './begin-import-upload'
import { cancelImport } from './cancel-import'
import { finishImportUpload } from './finish-import-upload'
import { fileTooLarge } from './import-refusals'
import type { beginUploadSchema } from './import-schema'
import { piecesOf } from './reading/pieces'
import { mostSourceBytes } from './reading/source-limits'
import { storeImportChunk } from './store-import-chunk'

/**
 * Stores a file while it arrives, in constant memory, and has it read. What is left of an interrupted upload is deleted.
 * @param source of the bytes; waits while a piece is stored. Its errors are those of the connection
 * @throws what prevented storing it, which is an error of the server
 */
export async function receiveUpload(
  actor: Actor,
  file: z.input<typeof beginUploadSchema>,
  source: AsyncIterable<Uint8Array>,
): Promise<Result<{ id: string }>> {
  const begun = await beginImportUpload(actor, file)
  if (!begun.ok) return begun
  const { id: importId } = begun.value
  try {
    const stored = await store(actor, importId, arriving(source))
    const finished = stored.ok ? await finishImportUpload(actor, { importId }) : stored
    if (!finished.ok) await cancelImport(actor, { importId })
    return finished
  } catch (error) {
    // If this fails too, such as without a database, it is deleted after a month.
    await cancelImport(actor, { importId }).catch(() => {})
    if (error instanceof Interrupted) return interrupted
    throw error
  }
}

class Interrupted extends Error {}

async function* arriving(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source
  } catch (cause) {
    throw new Interrupted('the upload was interrupted', { cause })
  }
}

const interrupted = refuse('malformed_request', 'The upload was interrupted. Choose the file again.')

async function store(actor: Actor, importId: string, source: AsyncIterable<Uint8Array>): Promise<Result<null>> {
  let position = 0
  let total = 0
  for await (const piece of piecesOf(source)) {
    total += piece.byteLength
    if (total > mostSourceBytes) return fileTooLarge()
    const stored = await storeImportChunk(actor, { importId, position, bytes: base64Of(piece) })
    if (!stored.ok) return stored
    position += 1
  }
  return { ok: true, value: null }
}

const base64Of = (piece: Uint8Array<ArrayBuffer>): string =>
  Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('base64')
