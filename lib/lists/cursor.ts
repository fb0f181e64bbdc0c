import { z } from 'zod'

const partsSchema = z.array(z.string())

/** Where a page of a list ends: the values it is ordered by, opaque to the browser. */
export function encodeCursor(parts: string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** Null for a cursor that is none, or one of another order: the list then starts from its beginning. */
export function decodeCursor(cursor: string | null | undefined, length: number): string[] | null {
  if (!cursor) return null
  try {
    const parts = partsSchema.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return parts.success && parts.data.length === length ? parts.data : null
  } catch {
    return null
  }
}
