import 'server-only'
import { sealBytes, unsealBytes } from '@/lib/platform/crypto/seal'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'

/**
 * The pieces of a source in the database. Sealed, because a document may contain secrets: a Postman collection, say. A
 * piece is stored for a day at most, so it is not sealed again when the key changes. As base64 in SQL: Prisma's own way with bytes blocks the process for a fifth of
 * a second for each piece.
 */

type Owner = { workspaceId: string; importId: string }

const addressOf = ({ workspaceId, importId }: Owner, position: number) => ({
  ...{ workspaceId, table: 'ImportChunk', rowId: importId, field: `bytes ${position}` },
})

export async function writeChunk(
  tx: WorkspaceTransaction,
  owner: Owner,
  position: number,
  piece: Uint8Array,
): Promise<void> {
  const { workspaceId, importId } = owner
  const base64 = sealBytes(piece, addressOf(owner, position)).toString('base64')
  await tx.$executeRaw`
    INSERT INTO "ImportChunk" ("workspaceId", "importId", "position", "bytes")
    VALUES (${workspaceId}::uuid, ${importId}::uuid, ${position}, decode(${base64}, 'base64'))`
}

/** Null after the last one. */
export async function readChunk(db: WorkspaceDb, owner: Owner, position: number): Promise<Uint8Array | null> {
  const { workspaceId, importId } = owner
  const [row] = await db.$queryRaw<{ base64: string }[]>`
    SELECT encode("bytes", 'base64') AS "base64" FROM "ImportChunk"
    WHERE "workspaceId" = ${workspaceId}::uuid AND "importId" = ${importId}::uuid AND "position" = ${position}`
  return row ? unsealBytes(Buffer.from(row.base64, 'base64'), addressOf(owner, position)) : null
}
