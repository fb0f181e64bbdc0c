import 'server-only'
import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { idToFind } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { namesOf, summaryColumns, summaryOf } from './request-rows'
import { requestSummary } from './views'
import type { RequestOutcome } from './words'

const shown = 5
const failures = ['refused', 'failed', 'not_sent'] as const satisfies readonly RequestOutcome[]

/**
 * The latest requests of a connector that did not succeed, newest first. Each outcome is read separately by its index,
 * so that no successful request is read.
 */
export const listLatestFailures = operation({
  name: 'list_latest_failures',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ connectorId: idToFind }),
  output: z.array(requestSummary),
  run: async ({ db }, { connectorId }) => {
    const found = await Promise.all(
      failures.map((outcome) =>
        db.requestLog.findMany({
          where: { connectorId, outcome },
          orderBy: { at: 'desc' },
          take: shown,
          select: summaryColumns,
        }),
      ),
    )
    const rows = found
      .flat()
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .slice(0, shown)
    const names = await namesOf(rows)
    return succeed(rows.map((row) => summaryOf(row, names)))
  },
})
