import { z } from 'zod'
import { longestQuery, type SortColumns } from './list-page'

/** The schemas of lists in operations. Separate from list-page.ts, which the browser loads too. */

export function listPageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() })
}

/** A text to search for. The database stores no NUL and refuses to compare with one. */
export function textToFind(longest: number) {
  return z
    .string()
    .max(longest)
    .overwrite((text) => text.replaceAll('\0', ''))
}

/** The schema of a list's parameters. Default: the first order, ascending. */
export function listParamsOf<Columns extends SortColumns>(columns: Columns, more: readonly string[] = []) {
  const known = [...Object.keys(columns), ...more]
  return {
    q: textToFind(longestQuery).default(''),
    sort: z.enum(known.flatMap((name) => [name, `-${name}`]) as [string, ...string[]]).default(known[0]!),
    after: z.string().max(2_048).default(''),
  }
}
