import { ActivityFilters } from '@/components/activity/activity-filters'
import { ChangeList } from '@/components/activity/change-list'
import { RequestList } from '@/components/activity/request-list'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { listChanges, listPeople } from '@/lib/activity/queries'
import { auditSorts, readActivityFilter } from '@/lib/activity/schema'
import { oneParam, readListParams, type SearchParams } from '@/lib/lists/list-page'
import { listRequests } from '@/lib/request-log/queries'
import { requireActor } from '@/lib/session/actor'

export const metadata = { title: 'Activity' }

export default async function ActivityPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const search = await searchParams
  const view = oneParam(search, 'view') === 'changes' ? 'changes' : 'requests'
  const filter = readActivityFilter(search, new Date())
  const params = readListParams(search, auditSorts, '-at')
  const [people, requests, changes] = await Promise.all([
    listPeople(actor),
    view === 'requests' ? listRequests(actor, filter, params) : null,
    view === 'changes' ? listChanges(actor, filter, params) : null,
  ])
  const page = requests ?? changes
  if (!page?.ok || !people.ok) throw new Error('Activity could not be read')
  const { total, nextCursor } = page.value
  return (
    <div className="grid gap-5">
      <PageHeader title="Activity" description="Who changed what, and every request that left this server. Secrets are removed before anything is written." />
      <LinkTabs
        label="Activity"
        exact
        tabs={[
          { href: '/activity?view=requests', label: 'Requests' },
          { href: '/activity?view=changes', label: 'Changes' },
        ]}
      />
      <ActivityFilters view={view} people={people.value} />
      {total === 0 && <EmptyState title={view === 'requests' ? 'No requests here' : 'No changes here'}>Nothing matches what you are looking for, or nothing has happened yet.</EmptyState>}
      {requests?.ok && total > 0 && <RequestList requests={requests.value.items} />}
      {changes?.ok && total > 0 && <ChangeList changes={changes.value.items} />}
      <Pager nextCursor={nextCursor} total={total} noun={view === 'requests' ? ['request', 'requests'] : ['change', 'changes']} />
    </div>
  )
}
