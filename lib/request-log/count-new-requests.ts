import 'server-only'
import { z } from 'zod'
import { limitsOf } from '@/lib/domain/access/actor'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { workspaceDb } from '@/lib/platform/db/client'
import { requestConditions } from './request-conditions'
import { countNewRequestsSchema } from './schema'

/** A higher number is shown as "99+". */
const mostNew = 100
/** Limits the search for each open page. With a rare filter, it would otherwise read the log of a whole day. */
const mostRead = 5_000
/**
 * A request is written when it has ended. This is the longest time since its start: the longest timeout plus waiting.
 */
const longestRequest = '10 minutes'

/**
 * The number of matching requests that were written to the log after a moment: at most a hundred, among the newest
 * 5,000 of the workspace.
 */
export const countNewRequests = operation({
  name: 'count_new_requests',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: countNewRequestsSchema,
  output: z.int(),
  run: async ({ actor, workspaceId }, { since, ...filter }) => {
    const [row] = await workspaceDb(workspaceId).$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS "count" FROM (
        SELECT 1 FROM (
          SELECT * FROM "RequestLog" line
          WHERE line."workspaceId" = ${workspaceId}::uuid
            AND line."at" > ${since}::timestamptz - ${longestRequest}::interval
          ORDER BY line."at" DESC, line."id" DESC
          LIMIT ${mostRead}
        ) line
        WHERE ${requestConditions(limitsOf(actor), filter)}
          AND line."at" + line."durationMs" * interval '1 millisecond' > ${since}::timestamptz
        LIMIT ${mostNew}
      ) counted`
    return succeed(row?.count ?? 0)
  },
})
