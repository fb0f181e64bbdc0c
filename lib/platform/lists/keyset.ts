import type { ListPage, ListParams, SortColumns } from './list-page'

export const pageSize = 50

type CursorValue = string | number
type Cursor = { value: CursorValue; id: string }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function encodeCursor(value: CursorValue | Date, id: string): string {
  const plain = value instanceof Date ? value.toISOString() : value
  return Buffer.from(JSON.stringify([plain, id])).toString('base64url')
}

/** Null if the text is not a cursor of this order; the list then starts at the beginning. */
export function decodeCursor(text: string, kind: SortColumns[string]['kind']): Cursor | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (!Array.isArray(parsed) || parsed.length !== 2) return null
    const [value, id] = parsed as [unknown, unknown]
    if (typeof id !== 'string' || !uuid.test(id) || !fits(value, kind)) return null
    return { value, id }
  } catch {
    return null
  }
}

function fits(value: unknown, kind: SortColumns[string]['kind']): value is CursorValue {
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value)
  if (typeof value !== 'string' || value.includes('\0')) return false
  return kind === 'text' || (/^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value)))
}

function orderOf(params: ListParams, columns: SortColumns) {
  const descending = params.sort.startsWith('-')
  const { column, kind } = columns[params.sort.replace(/^-/, '')]!
  return {
    column,
    kind,
    direction: descending ? ('desc' as const) : ('asc' as const),
    beyond: descending ? 'lt' : 'gt',
  }
}

/**
 * Order, start and size of one page for Prisma, ties broken by id. Combine `where` with AND; count without it.
 * Reads one row more than a page to know whether there is a next one: pass the rows to `toPage`.
 * @param idColumn the column of the ID, if it has another name
 */
export function keyset<Where, OrderBy>(
  params: ListParams,
  columns: SortColumns,
  idColumn = 'id',
): { where: Where; orderBy: OrderBy[]; take: number } {
  const { column, kind, direction, beyond } = orderOf(params, columns)
  const cursor = params.after === '' ? null : decodeCursor(params.after, kind)
  const where =
    cursor === null
      ? {}
      : {
          // Redundant with the OR below, but lets the database find the start in an index.
          [column]: { [`${beyond}e`]: cursor.value },
          OR: [{ [column]: { [beyond]: cursor.value } }, { [idColumn]: { [beyond]: cursor.id } }],
        }
  return {
    where: where as Where,
    orderBy: [{ [column]: direction }, { [idColumn]: direction }] as OrderBy[],
    take: pageSize + 1,
  }
}

/** The rows must have `id` and the column by which they are ordered. */
export function toPage<Row extends { id: string }>(
  rows: Row[],
  total: number,
  params: ListParams,
  columns: SortColumns,
): ListPage<Row> {
  const items = rows.slice(0, pageSize)
  const last = items.at(-1)
  if (last === undefined || rows.length <= pageSize) return { items, nextCursor: null, total }
  const value = (last as Record<string, unknown>)[orderOf(params, columns).column] as CursorValue | Date
  return { items, nextCursor: encodeCursor(value, last.id), total }
}
