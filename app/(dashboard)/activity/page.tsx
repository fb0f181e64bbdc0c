import { ActivityHeader } from '@/components/activity/activity-header'
import { NewRequests } from '@/components/activity/new-requests'
import { NoActivity } from '@/components/activity/no-activity'
import { RequestFilters } from '@/components/activity/request-filters'
import { RequestList } from '@/components/activity/request-list'
import { TraceNotice } from '@/components/activity/trace-notice'
import { Pager } from '@/components/ui/pager'
import { getFilterNames } from '@/lib/activity/get-filter-names'
import { filterIdsOf, isNarrowed, readActivityFilter, requestFilterOf } from '@/lib/activity/read-activity-filter'
import { activitySorts } from '@/lib/activity/schema'
import { readListParams, type SearchParams } from '@/lib/platform/lists/list-page'
import { knownUntil } from '@/lib/request-log/known-until'
import { listRequestGroups } from '@/lib/request-log/list-request-groups'
import { listRequests } from '@/lib/request-log/list-requests'
import { mostRequestsCounted } from '@/lib/request-log/request-rows'
import { ungrouped } from '@/lib/request-log/views'
import { requireActor } from '@/lib/platform/session/actor'

export const metadata = { title: 'Activity' }

export default async function RequestsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const search = await searchParams
  const params = readListParams(search, activitySorts, '-at')
  const now = new Date()
  const filter = readActivityFilter(search, now)
  const requestFilter = requestFilterOf(filter)
  const list = { ...requestFilter, ...params }
  const [names, requests] = await Promise.all([
    getFilterNames(actor, filterIdsOf(filter)),
    filter.correlationId === undefined ? listRequestGroups(actor, list) : listRequests(actor, list),
  ])
  if (!names.ok || !requests.ok) throw new Error('Activity could not be read')
  const { items, total, nextCursor } = requests.value
  const groups = items.map((item) => ('head' in item ? item : ungrouped(item)))
  const isFiltered = isNarrowed(search, requestFilter)
  const isNewest = params.after === '' && params.sort === '-at'
  return (
    <div className="grid gap-5">
      <ActivityHeader />
      {filter.correlationId !== undefined && <TraceNotice traceId={filter.correlationId} />}
      <RequestFilters filter={filter} names={names.value} isFiltered={isFiltered} />
      <NewRequests since={knownUntil(groups, isNewest, now)} filter={filter} readAt={now.getTime()} />
      {total === 0 ? <NoActivity view="requests" filtered={isFiltered} /> : <RequestList groups={groups} />}
      <Pager nextCursor={nextCursor} total={total} mostCounted={mostRequestsCounted} noun={['request', 'requests']} />
    </div>
  )
}
