import { FilterBar } from '@/components/ui/filter-bar'
import { FilterSelect } from '@/components/ui/filter-select'
import { SearchInput } from '@/components/ui/search-input'
import { objectTypes, periods } from '@/lib/activity/schema'
import type { PersonOption } from '@/lib/activity/views'
import { requestOutcomes } from '@/lib/request-log/words'

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))

/** By person, by outcome or object, and by time. */
export function ActivityFilters({ view, people }: { view: 'requests' | 'changes'; people: PersonOption[] }) {
  return (
    <FilterBar>
      <SearchInput label={view === 'requests' ? 'Search requests' : 'Search changes'} />
      <FilterSelect
        label="Person"
        anyLabel="Anyone"
        param="person"
        options={people.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {view === 'requests' ? (
        <FilterSelect label="Outcome" anyLabel="Any outcome" param="outcome" options={options(requestOutcomes)} />
      ) : (
        <FilterSelect label="Object" anyLabel="Any object" param="object" options={options(objectTypes)} />
      )}
      <FilterSelect label="Time" anyLabel="Any time" param="period" options={options(periods)} />
    </FilterBar>
  )
}
