/** One page of a list, as a query returns it. `total` counts all matches. */
export type ListPage<Item> = { items: Item[]; nextCursor: string | null; total: number }

/** The parameters of a list in the address: `?q=…&sort=-name&after=…`. */
export type ListParams = { q: string; sort: string; after: string }

/** The orders of a list: the word in the address → the column (never null) and its kind. */
export type SortColumns = Record<string, { column: string; kind: 'text' | 'date' | 'number' }>

export type SearchParams = Record<string, string | string[] | undefined>

export const longestQuery = 200

/** One value of a search parameter; the first if it is a duplicate. */
export function oneParam(search: SearchParams, name: string): string {
  const value = search[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** Reads the address. Invalid parameters are ignored. */
export function readListParams(search: SearchParams, columns: SortColumns, defaultSort: string): ListParams {
  const sort = oneParam(search, 'sort')
  const known = Object.hasOwn(columns, sort.replace(/^-/, ''))
  const q = oneParam(search, 'q').replaceAll('\0', '').trim().slice(0, longestQuery)
  return { q, sort: known ? sort : defaultSort, after: oneParam(search, 'after') }
}
