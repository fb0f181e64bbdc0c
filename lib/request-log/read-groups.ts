import 'server-only'
import type { ActorLimits } from '@/lib/domain/access/actor'
import { visibleRequests } from '@/lib/platform/db/actor-limits'
import { workspaceDb } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { requestLine } from './request-conditions'
import { isDescending, lineColumns, type LineOrder } from './read-lines'
import type { SummaryRow } from './request-rows'

/**
 * Lines with the same trace ID are a group. Its head is the last line that matches the filter, in the order of the
 * list. A page shows the heads of fifty groups. Whether a line is a head does not depend on the page, so no page splits
 * a group, shows it twice or leaves it out, and the list is read by an index until fifty heads are found. Grouping the
 * lines of a page would split groups at its edges; counting or sorting groups would read the whole log.
 */

/** Enough for an action with a few retries. A run with hundreds of requests has its own page. */
export const mostSteps = 20

/**
 * The condition for a head: no matching line of its group follows it. @param matches the filter as a condition on the
 * table with this alias
 */
export function isHead(
  workspaceId: string,
  matches: (line: Prisma.Sql) => Prisma.Sql,
  order: Pick<LineOrder, 'sort'>,
): Prisma.Sql {
  const other = Prisma.raw('other')
  const follows = isDescending(order)
    ? Prisma.sql`other."at" >= line."at" AND (other."at", other."id") > (line."at", line."id")`
    : Prisma.sql`other."at" <= line."at" AND (other."at", other."id") < (line."at", line."id")`
  return Prisma.sql`NOT EXISTS (
    SELECT 1 FROM "RequestLog" other
    WHERE other."workspaceId" = ${workspaceId}::uuid AND other."correlationId" = line."correlationId"
      AND ${follows} AND ${matches(other)}
  )`
}

/** The last lines of each group in order, one more than is shown, so that the page can say whether there are more. */
export function readSteps(
  workspaceId: string,
  limits: ActorLimits | null,
  correlationIds: readonly string[],
): Promise<SummaryRow[]> {
  return workspaceDb(workspaceId).$queryRaw<SummaryRow[]>`
    SELECT step.* FROM unnest(${[...correlationIds]}::uuid[]) AS trace ("id")
    CROSS JOIN LATERAL (
      SELECT ${lineColumns} FROM "RequestLog" line
      WHERE line."workspaceId" = ${workspaceId}::uuid AND line."correlationId" = trace."id"
        AND ${visibleRequests(limits, requestLine)}
      ORDER BY line."at" DESC, line."id" DESC LIMIT ${mostSteps + 1}
    ) step
    ORDER BY step."at", step."id"`
}
