import { z } from 'zod'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { bytesOf } from './cut'
import { mostResultBytes } from './result'

/**
 * Pages of lists. A page of an operation may be too long for one result; then the cursor names the page and the last item
 * that was shown.
 */

/** For everything in a result besides the items. */
const spareBytes = 4 * 1024

type Cursor = { after: string; lastId: string | null }

const cursorForm = z.tuple([z.string(), z.string().nullable()])

export const cursorInput = z
  .string()
  .max(4_096)
  .default('')
  .describe('nextCursor of the previous page. Leave it out for the first page.')

export const nextCursor = z
  .string()
  .nullable()
  .describe('Call again with it for the next page. null: this is the last page.')

export function readCursor(text: string): Result<Cursor> {
  if (text === '') return succeed({ after: '', lastId: null })
  try {
    const [after, lastId] = cursorForm.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return succeed({ after, lastId })
  } catch {
    return refuse('invalid_input', 'This is not the nextCursor of an earlier page. Leave it out to begin.', 'cursor')
  }
}

function encode({ after, lastId }: Cursor): string {
  return Buffer.from(JSON.stringify([after, lastId])).toString('base64url')
}

/**
 * The items of an operation's page that come next and fit into one result.
 * @param bytes what the rest of the result takes
 */
export function pageOf<Found extends { id: string }, Item>(
  found: { items: readonly Found[]; nextCursor: string | null },
  { after, lastId }: Cursor,
  itemOf: (found: Found) => Item,
  bytes = spareBytes,
): { items: Item[]; nextCursor: string | null } {
  // An item that has been deleted since is not found: the page begins again, and nothing is left out.
  const rest = found.items.slice(found.items.findIndex(({ id }) => id === lastId) + 1)
  const items: Item[] = []
  let left = mostResultBytes - bytes
  for (const next of rest) {
    const item = itemOf(next)
    left -= bytesOf(item)
    if (left < 0 && items.length > 0)
      return { items, nextCursor: encode({ after, lastId: rest[items.length - 1]!.id }) }
    items.push(item)
  }
  return { items, nextCursor: found.nextCursor && encode({ after: found.nextCursor, lastId: null }) }
}
