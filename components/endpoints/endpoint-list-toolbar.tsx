import { FilterBar } from '@/components/ui/filter-bar'
import { FilterSelect } from '@/components/ui/filter-select'
import { SearchInput } from '@/components/ui/search-input'
import { SortSelect } from '@/components/ui/sort-select'
import { entityTypeParam } from '@/lib/endpoints/list-order'
import type { EntityTypeCount } from '@/lib/endpoints/views'

const sorts = [
  { value: 'group', label: 'By entity type' },
  { value: 'name', label: 'Name, A to Z' },
  { value: '-name', label: 'Name, Z to A' },
  { value: '-updated', label: 'Recently changed' },
  { value: 'updated', label: 'Least recently changed' },
]

export function EndpointListToolbar({ entityTypes }: { entityTypes: EntityTypeCount[] }) {
  return (
    <FilterBar>
      <SearchInput label="Search endpoints" />
      <FilterSelect
        label="Entity type"
        anyLabel="Any entity type"
        param="type"
        options={entityTypes.map(({ entityType, endpoints }) => ({
          value: entityTypeParam(entityType),
          label: `${entityType || 'Without an entity type'} (${endpoints})`,
        }))}
      />
      <SortSelect options={sorts} defaultValue="group" />
    </FilterBar>
  )
}
