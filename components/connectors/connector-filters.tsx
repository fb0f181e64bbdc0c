import { FilterBar } from '@/components/ui/filter-bar'
import { FilterSelect } from '@/components/ui/filter-select'
import { SearchInput } from '@/components/ui/search-input'
import { SortSelect } from '@/components/ui/sort-select'
import { counted } from '@/lib/domain/counted'
import { shownStatuses, systemTypes } from '@/lib/domain/vocabulary'

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))

const sorts = [
  { value: 'failing', label: 'Failing first' },
  { value: 'name', label: 'Name, A to Z' },
  { value: '-name', label: 'Name, Z to A' },
  { value: '-updated', label: 'Recently changed' },
  { value: 'updated', label: 'Least recently changed' },
]

export function ConnectorFilters({ connectors, instances }: { connectors: number; instances: number }) {
  return (
    <FilterBar>
      <SearchInput label="Search connectors and instances" />
      <FilterSelect label="Status" anyLabel="Any status" param="status" options={options(shownStatuses)} />
      <FilterSelect label="System type" anyLabel="Any system type" param="system" options={options(systemTypes)} />
      <SortSelect options={sorts} defaultValue="failing" />
      <p role="status" className="tabular text-sm text-muted max-sm:text-right sm:ml-auto">
        {counted(connectors, 'connector')} · {counted(instances, 'instance')}
      </p>
    </FilterBar>
  )
}
