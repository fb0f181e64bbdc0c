import { z } from 'zod'

/** The order in which people meet endpoints, in the list and in the picker: by entity type, then name. */
export type GroupedCursor = { entityType: string; foldedName: string; id: string }

const place = z.tuple([z.string(), z.string(), z.uuid()])

/** Where a page ends, opaque to the browser. */
export function encodeGroupedCursor({ entityType, foldedName, id }: GroupedCursor): string {
  return Buffer.from(JSON.stringify([entityType, foldedName, id])).toString('base64url')
}

/** Null for what is no place of this order: the list then starts at its beginning. */
export function decodeGroupedCursor(cursor: string): GroupedCursor | null {
  try {
    const [entityType, foldedName, id] = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return entityType.includes('\0') || foldedName.includes('\0') ? null : { entityType, foldedName, id }
  } catch {
    return null
  }
}
