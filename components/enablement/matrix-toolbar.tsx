'use client'

import { SearchBox } from '@/components/ui/search-box'
import { Select } from '@/components/ui/select'
import type { MatrixEndpoint } from '@/lib/enablement/views'

type MatrixToolbarProps = {
  endpoints: MatrixEndpoint[]
  search: string
  onSearch: (search: string) => void
  /** Null: any. */
  entityType: string | null
  onEntityType: (entityType: string | null) => void
  shown: number
}

const any = -1

/** Narrows the matrix. All endpoints are in the browser already, so it answers at once. */
export function MatrixToolbar({ endpoints, search, onSearch, entityType, onEntityType, shown }: MatrixToolbarProps) {
  const entityTypes = [...new Set(endpoints.map((endpoint) => endpoint.entityType))]
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox
        label="Search endpoints"
        placeholder="Search endpoints…"
        className="w-full sm:w-72"
        value={search}
        onChange={onSearch}
      />
      <Select
        aria-label="Entity type"
        className="w-auto! max-w-60"
        value={entityType === null ? any : entityTypes.indexOf(entityType)}
        onChange={(event) => onEntityType(entityTypes[Number(event.target.value)] ?? null)}
      >
        <option value={any}>Any entity type</option>
        {entityTypes.map((type, index) => (
          <option key={type} value={index}>
            {type || 'Without an entity type'}
          </option>
        ))}
      </Select>
      <p role="status" className="tabular ml-auto text-sm text-muted">
        {shown === endpoints.length
          ? `${endpoints.length.toLocaleString('en-GB')} endpoints`
          : `${shown.toLocaleString('en-GB')} of ${endpoints.length.toLocaleString('en-GB')} endpoints`}
      </p>
    </div>
  )
}
