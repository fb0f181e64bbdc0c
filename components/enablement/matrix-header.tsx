'use client'

import type { CSSProperties } from 'react'
import { MatrixBox } from '@/components/enablement/matrix-box'
import type { MatrixView } from '@/components/enablement/matrix-view'
import { keysOf } from '@/components/enablement/matrix-model'
import { counted } from '@/lib/domain/counted'
import type { MatrixEndpoint } from '@/lib/enablement/views'

type MatrixHeaderProps = { view: MatrixView; columns: CSSProperties; endpoints: MatrixEndpoint[]; filtered: boolean }

/** The methods, each with a checkbox for all endpoints that are shown. */
export function MatrixHeader({ view, columns, endpoints, filtered }: MatrixHeaderProps) {
  const { methods, canChange, cellProps } = view
  const all = filtered
    ? `${endpoints.length === 1 ? 'the' : 'all'} ${counted(endpoints.length, 'endpoint')} found`
    : 'all endpoints'
  const every = keysOf(endpoints, methods)
  return (
    <div role="rowgroup" className="sticky top-0 z-20 w-full bg-subtle" style={{ minWidth: columns.minWidth }}>
      <div role="row" aria-rowindex={1} className="grid border-b" style={columns}>
        <div
          role="columnheader"
          className="sticky left-0 z-10 flex items-end gap-2 border-r bg-subtle px-2 pb-1.5 text-sm font-medium text-muted"
        >
          <MatrixBox
            label={`All methods for ${all}`}
            state={view.stateOf(every)}
            disabled={!canChange}
            onToggle={(on) => view.toggle(every, on)}
            focus={cellProps(0, 0)}
          />
          <span className="pb-1">Endpoint</span>
        </div>
        {methods.map((method, index) => {
          const keys = keysOf(endpoints, [method])
          return (
            <div
              key={method.id}
              role="columnheader"
              className="grid min-w-0 content-end justify-items-center gap-1 px-1 pt-2 pb-1.5"
            >
              <span className="line-clamp-3 max-w-full text-center text-sm font-medium break-words" title={method.name}>
                {method.name}
              </span>
              <MatrixBox
                label={`${method.name} for ${all}`}
                state={view.stateOf(keys)}
                disabled={!canChange}
                onToggle={(on) => view.toggle(keys, on)}
                focus={cellProps(0, index + 1)}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}
