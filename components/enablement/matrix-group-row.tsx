'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import type { CSSProperties } from 'react'
import { MatrixBox } from '@/components/enablement/matrix-box'
import type { MatrixView } from '@/components/enablement/matrix-view'
import { keysOf } from '@/components/enablement/matrix-model'
import type { MatrixEndpoint } from '@/lib/enablement/views'

type MatrixGroupRowProps = {
  view: MatrixView
  columns: CSSProperties
  rowIndex: number
  entityType: string
  endpoints: MatrixEndpoint[]
  folded: boolean
  onFold: (entityType: string) => void
}

const words = { all: 'all', mixed: 'mixed', none: 'none' }

/** An entity type: all, mixed or none of its endpoints accept a method. */
export function MatrixGroupRow({
  view,
  columns,
  rowIndex,
  entityType,
  endpoints,
  folded,
  onFold,
}: MatrixGroupRowProps) {
  const { methods, canChange, cellProps } = view
  const name = entityType || 'Without an entity type'
  const Arrow = folded ? ChevronRight : ChevronDown
  const every = keysOf(endpoints, methods)
  return (
    <div role="row" aria-rowindex={rowIndex + 1} className="absolute inset-x-0 grid border-b bg-subtle" style={columns}>
      <div role="rowheader" className="sticky left-0 z-10 flex min-w-0 items-center gap-1 border-r bg-subtle px-2">
        <MatrixBox
          label={`All methods for all ${name}`}
          state={view.stateOf(every)}
          disabled={!canChange}
          onToggle={(on) => view.toggle(every, on)}
          focus={cellProps(rowIndex, 0)}
        />
        <button
          type="button"
          aria-expanded={!folded}
          onClick={() => onFold(entityType)}
          className="flex min-w-0 items-center gap-1 rounded-sm text-left text-sm font-semibold"
        >
          <Arrow aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="truncate">{name}</span>
          <span className="tabular shrink-0 font-normal text-muted">{endpoints.length}</span>
        </button>
      </div>
      {methods.map((method, index) => {
        const keys = keysOf(endpoints, [method])
        const state = view.stateOf(keys)
        return (
          <div key={method.id} role="gridcell" className="relative grid place-items-center">
            <MatrixBox
              label={`${method.name} for all ${name}`}
              state={state}
              disabled={!canChange}
              onToggle={(on) => view.toggle(keys, on)}
              focus={cellProps(rowIndex, index + 1)}
            />
            <span aria-hidden className="absolute left-[calc(50%+1rem)] text-xs text-muted">
              {words[state]}
            </span>
          </div>
        )
      })}
    </div>
  )
}
