import { FilterBar } from '@/components/ui/filter-bar'
import { FilterSelect } from '@/components/ui/filter-select'
import { SearchInput } from '@/components/ui/search-input'
import { objectTypes, periods } from '@/lib/activity/schema'
import type { PersonOption } from '@/lib/activity/views'

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))

/** Narrows the changes by person, object and time. */
export function ActivityFilters({ people }: { people: PersonOption[] }) {
  return (
    <FilterBar>
      <SearchInput label="Search changes" />
      <FilterSelect
        label="Person"
        anyLabel="Anyone"
        param="person"
        options={people.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FilterSelect label="Object" anyLabel="Any object" param="object" options={options(objectTypes)} />
      <FilterSelect label="Time" anyLabel="Any time" param="period" options={options(periods)} />
    </FilterBar>
  )
}
