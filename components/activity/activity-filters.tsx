import { chosenFilter } from '@/components/activity/chosen-filter'
import { FilterChoice } from '@/components/activity/filter-choice'
import { FilterBar } from '@/components/ui/filter-bar'
import { FilterSelect } from '@/components/ui/filter-select'
import { SearchInput } from '@/components/ui/search-input'
import type { ActivityFilter } from '@/lib/activity/read-activity-filter'
import { objectTypes, periods } from '@/lib/activity/schema'
import type { FilterNames } from '@/lib/activity/views'

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))

/** Filters the changes by person, object and time. */
export function ActivityFilters({ filter, names }: { filter: ActivityFilter; names: FilterNames }) {
  return (
    <FilterBar>
      <SearchInput label="Search changes" />
      <FilterChoice
        {...{ kind: 'person', label: 'Person', anyLabel: 'Anyone', searchLabel: 'Search people' }}
        chosen={chosenFilter('person', filter.userId, names)}
      />
      <FilterSelect label="Object" anyLabel="Any object" param="object" options={options(objectTypes)} />
      <FilterSelect label="Time" anyLabel="Any time" param="period" options={options(periods)} />
    </FilterBar>
  )
}
