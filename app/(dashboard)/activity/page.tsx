import { ActivityFilters } from '@/components/activity/activity-filters'
import { ActivityHeader } from '@/components/activity/activity-header'
import { NoActivity } from '@/components/activity/no-activity'
import { RequestList } from '@/components/activity/request-list'
import { Pager } from '@/components/ui/pager'
import { listPeople } from '@/lib/activity/list-people'
import { readActivityFilter, requestFilterOf } from '@/lib/activity/read-activity-filter'
import { activitySorts } from '@/lib/activity/schema'
import { getInstance } from '@/lib/instances/get-instance'
import { readListParams, type SearchParams } from '@/lib/platform/lists/list-page'
import { listRequests } from '@/lib/request-log/list-requests'
import { mostRequestsCounted } from '@/lib/request-log/request-rows'
import { requireActor } from '@/lib/platform/session/actor'

export const metadata = { title: 'Activity' }

export default async function RequestsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const search = await searchParams
  const params = readListParams(search, activitySorts, '-at')
  const filter = readActivityFilter(search, new Date())
  const [people, requests, instance] = await Promise.all([
    listPeople(actor, {}),
    listRequests(actor, { ...requestFilterOf(filter), ...params }),
    filter.instanceId ? getInstance(actor, { instanceId: filter.instanceId }) : null,
  ])
  if (!people.ok || !requests.ok) throw new Error('Activity could not be read')
  const { items, total, nextCursor } = requests.value
  return (
    <div className="grid gap-5">
      <ActivityHeader view="requests" only={instance && (instance.ok ? instance.value.name : 'a deleted instance')} />
      <ActivityFilters view="requests" people={people.value} />
      {total === 0 ? (
        <NoActivity view="requests" filtered={params.q !== '' || Object.keys(filter).length > 0} />
      ) : (
        <RequestList requests={items} />
      )}
      <Pager nextCursor={nextCursor} total={total} mostCounted={mostRequestsCounted} noun={['request', 'requests']} />
    </div>
  )
}
