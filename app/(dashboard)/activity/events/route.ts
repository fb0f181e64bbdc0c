import { readActivityFilter, requestFilterOf } from '@/lib/activity/read-activity-filter'
import { activitySorts } from '@/lib/activity/schema'
import { answerStream } from '@/lib/platform/live/answer-stream'
import { readListParams } from '@/lib/platform/lists/list-page'
import { countNewRequests } from '@/lib/request-log/count-new-requests'

/**
 * Streams the number of requests that are new since the page was read (lib/platform/live/README.md). The address
 * contains the filter of the page, and `since`.
 */
export function GET(request: Request): Promise<Response> {
  const search = Object.fromEntries(new URL(request.url).searchParams)
  const { q } = readListParams(search, activitySorts, '-at')
  const filter = requestFilterOf(readActivityFilter(search, new Date()))
  return answerStream(request, {
    topic: 'requests',
    read: async (actor, since) => {
      const counted = await countNewRequests(actor, { ...filter, q, since: since.toISOString() })
      return counted.ok && counted.value > 0 ? counted.value : null
    },
  })
}

/** Without it, the framework would open a stream that nobody reads. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { Allow: 'GET' } })
}
