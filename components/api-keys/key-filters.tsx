import { FilterBar } from '@/components/ui/filter-bar'
import { FilterSelect } from '@/components/ui/filter-select'
import { SearchInput } from '@/components/ui/search-input'
import { keyStates } from '@/lib/domain/access/api-keys'

const states = Object.entries(keyStates).map(([value, label]) => ({ value, label }))

export function KeyFilters() {
  return (
    <FilterBar>
      <SearchInput label="Search API keys" />
      <FilterSelect label="State" anyLabel="Any state" param="state" options={states} />
    </FilterBar>
  )
}
