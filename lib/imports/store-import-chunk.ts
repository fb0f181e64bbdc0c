import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { fileTooLarge, notUploading } from './import-refusals'
import { storeChunkSchema } from './import-schema'
import { chunkBytes, mostSourceBytes } from './reading/source-limits'
import { writeChunk } from './source-chunks'

/**
 * Stores the next piece of a file. Pieces arrive in order; each has 1 MiB, except for the last one. Sending a piece again
 * does no harm.
 */
export const storeImportChunk = operation({
  name: 'store_import_chunk',
  permission: 'change',
  input: storeChunkSchema,
  output: z.strictObject({ bytes: z.int() }),
  run: async ({ workspaceId, transaction }, { importId, position, bytes: base64 }) => {
    const length = Buffer.byteLength(base64, 'base64')
    if (length === 0) return refuse('invalid_input', 'A piece of a file cannot be empty.', 'bytes')
    return transaction(async (tx) => {
      const row = await tx.import.findFirst({ where: { id: importId }, select: { bytes: true, state: true } })
      if (!row) return notFound('import')
      const after = position * chunkBytes + length
      if (after > mostSourceBytes || length > chunkBytes) return fileTooLarge()
      const isNext = row.bytes === position * chunkBytes
      if (!isNext && row.bytes !== after)
        return refuse(
          'invalid_input',
          `The next piece begins at byte ${row.bytes}. Send the pieces in order.`,
          'position',
        )
      // The condition holds the row, so that the same piece is not stored twice.
      const { count } = await tx.import.updateMany({
        where: { id: importId, state: 'uploading', bytes: row.bytes },
        data: { bytes: after },
      })
      if (count === 0) return notUploading()
      if (isNext) await writeChunk(tx, { workspaceId, importId }, position, Buffer.from(base64, 'base64'))
      return succeed({ bytes: after })
    })
  },
})
