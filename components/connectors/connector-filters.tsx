import { FilterSelect } from '@/components/ui/filter-select'
import { SearchInput } from '@/components/ui/search-input'
import { SortSelect } from '@/components/ui/sort-select'
import { instanceStatuses, systemTypes } from '@/lib/domain/vocabulary'

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))

const sorts = [
  { value: 'name', label: 'Name, A to Z' },
  { value: '-name', label: 'Name, Z to A' },
  { value: '-updated', label: 'Changed last' },
  { value: 'updated', label: 'Changed first' },
]

export function ConnectorFilters({ connectors, instances }: { connectors: number; instances: number }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput label="Search connectors and instances" />
      <FilterSelect label="Status" anyLabel="Any status" param="status" options={options(instanceStatuses)} />
      <FilterSelect label="System type" anyLabel="Any system type" param="system" options={options(systemTypes)} />
      <SortSelect options={sorts} defaultValue="name" />
      <p role="status" className="tabular ml-auto text-sm text-muted">
        {connectors.toLocaleString('en-GB')} {connectors === 1 ? 'connector' : 'connectors'} · {instances.toLocaleString('en-GB')}{' '}
        {instances === 1 ? 'instance' : 'instances'}
      </p>
    </div>
  )
}
