import { ActorFilter } from '@/components/activity/actor-filter'
import { PeriodSelect } from '@/components/activity/period-select'
import { TimeRangeFilter } from '@/components/activity/time-range-filter'
import { ButtonLink } from '@/components/ui/button-link'
import { FilterBar } from '@/components/ui/filter-bar'
import { FilterSelect } from '@/components/ui/filter-select'
import { SearchInput } from '@/components/ui/search-input'
import type { ActivityFilter } from '@/lib/activity/read-activity-filter'
import { objectTypes } from '@/lib/activity/schema'
import type { FilterNames } from '@/lib/activity/views'

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))

type ActivityFiltersProps = { filter: ActivityFilter; names: FilterNames; isFiltered: boolean }

/** Filters the changes by person or key, object and time. */
export function ActivityFilters({ filter, names, isFiltered }: ActivityFiltersProps) {
  return (
    <div className="grid gap-2">
      <FilterBar>
        <SearchInput label="Search changes" />
        <ActorFilter filter={filter} names={names} />
        <FilterSelect label="Object" anyLabel="Any object" param="object" options={options(objectTypes)} />
        <PeriodSelect />
        {isFiltered && (
          <ButtonLink href="/activity/changes" variant="ghost">
            Clear filters
          </ButtonLink>
        )}
      </FilterBar>
      <TimeRangeFilter />
    </div>
  )
}
