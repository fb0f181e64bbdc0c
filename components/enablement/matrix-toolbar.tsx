'use client'

import { Maximize2, Minimize2, Redo2, Undo2 } from 'lucide-react'
import type { MatrixState } from '@/components/enablement/use-matrix-editor'
import { IconButton } from '@/components/ui/icon-button'
import { SearchBox } from '@/components/ui/search-box'
import { Select } from '@/components/ui/select'
import type { MatrixEndpoint } from '@/lib/enablement/views'
import { counted } from '@/lib/domain/counted'

type MatrixToolbarProps = {
  endpoints: MatrixEndpoint[]
  state: MatrixState
  canChange: boolean
  /** Whether the matrix fills the height of the window. */
  tall: boolean
  onTall: (tall: boolean) => void
}

const any = -1

/** Filters the matrix. All endpoints are already in the browser, so it responds immediately. */
export function MatrixToolbar({ endpoints, state, canChange, tall, onTall }: MatrixToolbarProps) {
  const { search, entityType, setEntityType, shown } = state
  const entityTypes = [...new Set(endpoints.map((endpoint) => endpoint.entityType))]
  const Height = tall ? Minimize2 : Maximize2
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox
        label="Search endpoints"
        placeholder="Search endpoints…"
        className="w-full sm:w-72"
        value={search}
        onChange={state.setSearch}
      />
      <Select
        aria-label="Entity type"
        className="w-auto! max-w-60"
        value={entityType === null ? any : entityTypes.indexOf(entityType)}
        onChange={(event) => setEntityType(entityTypes[Number(event.target.value)] ?? null)}
      >
        <option value={any}>Any entity type</option>
        {entityTypes.map((type, index) => (
          <option key={type} value={index}>
            {type || 'Without an entity type'}
          </option>
        ))}
      </Select>
      <p role="status" className="tabular ml-auto text-sm text-muted">
        {shown.length === endpoints.length
          ? counted(endpoints.length, 'endpoint')
          : `${shown.length.toLocaleString('en-GB')} of ${counted(endpoints.length, 'endpoint')}`}
      </p>
      <div className="flex">
        {canChange && (
          <>
            <IconButton label="Undo" aria-disabled={!state.canUndo} onClick={state.undo}>
              <Undo2 aria-hidden />
            </IconButton>
            <IconButton label="Redo" aria-disabled={!state.canRedo} onClick={state.redo}>
              <Redo2 aria-hidden />
            </IconButton>
          </>
        )}
        <IconButton
          label="Full height"
          aria-pressed={tall}
          onClick={(event) => {
            onTall(!tall)
            if (!tall) event.currentTarget.closest('.grid')?.scrollIntoView()
          }}
        >
          <Height aria-hidden />
        </IconButton>
      </div>
    </div>
  )
}
