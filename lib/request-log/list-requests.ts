import 'server-only'
import { limitsOf } from '@/lib/domain/access/actor'
import { succeed } from '@/lib/domain/result'
import { toPage } from '@/lib/platform/lists/keyset'
import { operation } from '@/lib/operations/operation'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { countLines, readLines } from './read-lines'
import { requestConditions } from './request-conditions'
import { namesOf, summaryOf } from './request-rows'
import { listRequestsSchema, requestColumns } from './schema'
import { requestSummary } from './views'

/** The request log line by line, newest first, 50 lines per page. */
export const listRequests = operation({
  name: 'list_requests',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: listRequestsSchema,
  output: listPageOf(requestSummary),
  run: async ({ actor, workspaceId }, { sort, after, ...filter }) => {
    const conditions = requestConditions(limitsOf(actor), filter)
    const [rows, total] = await Promise.all([
      readLines(workspaceId, conditions, { sort, after }),
      countLines(workspaceId, conditions),
    ])
    const names = await namesOf(rows)
    const page = toPage(rows, total, { q: filter.q, sort, after }, requestColumns)
    return succeed({ ...page, items: page.items.map((row) => summaryOf(row, names)) })
  },
})
