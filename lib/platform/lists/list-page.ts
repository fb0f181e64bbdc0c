/** One page of a list, as a query answers it. `total` counts all that match. */
export type ListPage<Item> = { items: Item[]; nextCursor: string | null; total: number }

/** What the address says about a list: `?q=…&sort=-name&after=…`. */
export type ListParams = { q: string; sort: string; after: string }

/** What a list can be ordered by: the word in the address → the column (never null) and its kind. */
export type SortColumns = Record<string, { column: string; kind: 'text' | 'date' | 'number' }>

export type SearchParams = Record<string, string | string[] | undefined>

export const longestQuery = 200

/** One value of a search parameter; the first where it is given twice. */
export function oneParam(search: SearchParams, name: string): string {
  const value = search[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** Reads the address. What makes no sense counts as not said. */
export function readListParams(search: SearchParams, columns: SortColumns, defaultSort: string): ListParams {
  const sort = oneParam(search, 'sort')
  const known = Object.hasOwn(columns, sort.replace(/^-/, ''))
  const q = oneParam(search, 'q').replaceAll('\0', '').trim().slice(0, longestQuery)
  return { q, sort: known ? sort : defaultSort, after: oneParam(search, 'after') }
}
