import { ActivityFilters } from '@/components/activity/activity-filters'
import { ActivityHeader } from '@/components/activity/activity-header'
import { ChangeList } from '@/components/activity/change-list'
import { NoActivity } from '@/components/activity/no-activity'
import { Pager } from '@/components/ui/pager'
import { getFilterNames } from '@/lib/activity/get-filter-names'
import { listChanges } from '@/lib/activity/list-changes'
import { changeFilterOf, isNarrowed, readActivityFilter } from '@/lib/activity/read-activity-filter'
import { activitySorts } from '@/lib/activity/schema'
import { readListParams, type SearchParams } from '@/lib/platform/lists/list-page'
import { requireActor } from '@/lib/platform/session/actor'

export const metadata = { title: 'Changes' }

export default async function ChangesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const search = await searchParams
  const params = readListParams(search, activitySorts, '-at')
  const filter = readActivityFilter(search, new Date())
  const [names, changes] = await Promise.all([
    getFilterNames(actor, { person: filter.userId, key: filter.keyId }),
    listChanges(actor, { ...changeFilterOf(filter), ...params }),
  ])
  if (!names.ok || !changes.ok) throw new Error('Activity could not be read')
  const { items, total, nextCursor } = changes.value
  const isFiltered = isNarrowed(search, filter)
  return (
    <div className="grid gap-5">
      <ActivityHeader historyOf={filter.objectId ? (items[0]?.objectName ?? 'one object') : null} />
      <ActivityFilters filter={filter} names={names.value} isFiltered={isFiltered} />
      {total === 0 ? <NoActivity view="changes" filtered={isFiltered} /> : <ChangeList changes={items} />}
      <Pager nextCursor={nextCursor} total={total} noun={['change', 'changes']} />
    </div>
  )
}
