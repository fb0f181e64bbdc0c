import 'server-only'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'

/**
 * The pieces of a source in the database. As base64 in SQL: Prisma's own way with bytes blocks the process for a fifth of
 * a second for each piece.
 */

type Owner = { workspaceId: string; importId: string }

export async function writeChunk(
  tx: WorkspaceTransaction,
  { workspaceId, importId }: Owner,
  position: number,
  base64: string,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "ImportChunk" ("workspaceId", "importId", "position", "bytes")
    VALUES (${workspaceId}::uuid, ${importId}::uuid, ${position}, decode(${base64}, 'base64'))`
}

/** Null after the last one. */
export async function readChunk(
  db: WorkspaceDb,
  { workspaceId, importId }: Owner,
  position: number,
): Promise<Uint8Array | null> {
  const [row] = await db.$queryRaw<{ base64: string }[]>`
    SELECT encode("bytes", 'base64') AS "base64" FROM "ImportChunk"
    WHERE "workspaceId" = ${workspaceId}::uuid AND "importId" = ${importId}::uuid AND "position" = ${position}`
  return row ? Buffer.from(row.base64, 'base64') : null
}

export const base64Of = (piece: Uint8Array<ArrayBuffer>): string =>
  Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('base64')
