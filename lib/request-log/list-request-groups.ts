import 'server-only'
import { limitsOf } from '@/lib/domain/access/actor'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { Prisma } from '@/lib/platform/db/generated/client'
import { toPage } from '@/lib/platform/lists/keyset'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { isHead, mostSteps, readSteps } from './read-groups'
import { countLines, readLines } from './read-lines'
import { requestConditions } from './request-conditions'
import { namesOf, summaryOf, type SummaryRow } from './request-rows'
import { listRequestsSchema, requestColumns } from './schema'
import { requestGroup, type RequestGroup } from './views'

/**
 * The request log grouped by action, 50 groups per page, the group with the latest matching request first. `total` is
 * the number of matching requests.
 */
export const listRequestGroups = operation({
  name: 'list_request_groups',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: listRequestsSchema,
  output: listPageOf(requestGroup),
  run: async ({ actor, workspaceId }, { sort, after, ...filter }) => {
    const limits = limitsOf(actor)
    const matches = (line?: Prisma.Sql) => requestConditions(limits, filter, line)
    const heads = Prisma.sql`${matches()} AND ${isHead(workspaceId, matches, { sort })}`
    const [rows, total] = await Promise.all([
      readLines(workspaceId, heads, { sort, after }),
      countLines(workspaceId, matches()),
    ])
    const page = toPage(rows, total, { q: filter.q, sort, after }, requestColumns)
    const steps = await readSteps(
      workspaceId,
      limits,
      page.items.map(({ correlationId }) => correlationId),
    )
    const names = await namesOf([...page.items, ...steps])
    return succeed({ ...page, items: groupsOf(page.items, steps, names) })
  },
})

function groupsOf(heads: SummaryRow[], steps: SummaryRow[], names: Map<string, string>): RequestGroup[] {
  const byTrace = Map.groupBy(steps, ({ correlationId }) => correlationId)
  return heads.map((head) => {
    const ofTrace = byTrace.get(head.correlationId) ?? [head]
    return {
      head: summaryOf(head, names),
      steps: ofTrace.slice(-mostSteps).map((step) => summaryOf(step, names)),
      hasMore: ofTrace.length > mostSteps,
    }
  })
}
