import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { decodeCursor, pageSize } from '@/lib/platform/lists/keyset'
import { mostRequestsCounted, summaryColumns, type SummaryRow } from './request-rows'

/** Reads lines of the request log in the order of a list. */

export const lineColumns = Prisma.raw(
  Object.keys(summaryColumns)
    .map((name) => `line."${name}"`)
    .join(', '),
)

export type LineOrder = { sort: string; after: string }

/** Reads one line more than a page shows, to know whether there is a next page. */
export function readLines(workspaceId: string, conditions: Prisma.Sql, order: LineOrder): Promise<SummaryRow[]> {
  const direction = isDescending(order) ? Prisma.sql`DESC` : Prisma.sql`ASC`
  return workspaceDb(workspaceId).$queryRaw<SummaryRow[]>`
    SELECT ${lineColumns} FROM "RequestLog" line
    WHERE line."workspaceId" = ${workspaceId}::uuid AND ${conditions} AND ${beyond(order)}
    ORDER BY line."at" ${direction}, line."id" ${direction}
    LIMIT ${pageSize + 1}`
}

/** At most `mostRequestsCounted`. */
export async function countLines(workspaceId: string, conditions: Prisma.Sql): Promise<number> {
  const [row] = await workspaceDb(workspaceId).$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM (
      SELECT 1 FROM "RequestLog" line WHERE line."workspaceId" = ${workspaceId}::uuid AND ${conditions}
      LIMIT ${mostRequestsCounted}
    ) counted`
  return row?.count ?? 0
}

export const isDescending = ({ sort }: Pick<LineOrder, 'sort'>) => sort.startsWith('-')

/** The first condition is redundant, but limits the read partitions to certain days. */
function beyond(order: LineOrder): Prisma.Sql {
  const cursor = order.after === '' ? null : decodeCursor(order.after, 'date')
  if (cursor === null) return Prisma.sql`true`
  const { value, id } = cursor
  return isDescending(order)
    ? Prisma.sql`line."at" <= ${value}::timestamptz AND (line."at", line."id") < (${value}::timestamptz, ${id}::uuid)`
    : Prisma.sql`line."at" >= ${value}::timestamptz AND (line."at", line."id") > (${value}::timestamptz, ${id}::uuid)`
}
