import { ActivityFilters } from '@/components/activity/activity-filters'
import { ActivityHeader } from '@/components/activity/activity-header'
import { RequestList } from '@/components/activity/request-list'
import { EmptyState } from '@/components/ui/empty-state'
import { Pager } from '@/components/ui/pager'
import { listPeople } from '@/lib/activity/queries'
import { activitySorts, readActivityFilter } from '@/lib/activity/schema'
import { readListParams, type SearchParams } from '@/lib/lists/list-page'
import { listRequests } from '@/lib/request-log/queries'
import { requireActor } from '@/lib/session/actor'

export const metadata = { title: 'Activity' }

export default async function RequestsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const search = await searchParams
  const params = readListParams(search, activitySorts, '-at')
  const [people, requests] = await Promise.all([listPeople(actor), listRequests(actor, readActivityFilter(search, new Date()), params)])
  if (!people.ok || !requests.ok) throw new Error('Activity could not be read')
  const { items, total, nextCursor } = requests.value
  return (
    <div className="grid gap-5">
      <ActivityHeader />
      <ActivityFilters view="requests" people={people.value} />
      {total === 0 ? <EmptyState title="No requests here">Nothing matches what you are looking for, or nothing was sent yet.</EmptyState> : <RequestList requests={items} />}
      <Pager nextCursor={nextCursor} total={total} noun={['request', 'requests']} />
    </div>
  )
}
