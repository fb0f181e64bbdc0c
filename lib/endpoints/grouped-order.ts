import { z } from 'zod'

/** The order of endpoints in the list and in the picker: by entity type, then name. */
export type GroupedCursor = { entityType: string; foldedName: string; id: string }

const position = z.tuple([z.string(), z.string(), z.uuid()])

/** The position of the last row of a page, opaque to the browser. */
export function encodeGroupedCursor({ entityType, foldedName, id }: GroupedCursor): string {
  return Buffer.from(JSON.stringify([entityType, foldedName, id])).toString('base64url')
}

/** Null for an invalid cursor; the list then starts at the beginning. */
export function decodeGroupedCursor(cursor: string): GroupedCursor | null {
  try {
    const [entityType, foldedName, id] = position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return entityType.includes('\0') || foldedName.includes('\0') ? null : { entityType, foldedName, id }
  } catch {
    return null
  }
}
