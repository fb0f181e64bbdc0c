'use client'

import Link from 'next/link'
import type { CSSProperties } from 'react'
import { MatrixBox } from '@/components/enablement/matrix-box'
import type { MatrixView } from '@/components/enablement/matrix-view'
import type { CellKey } from '@/components/enablement/matrix-model'
import type { MatrixEndpoint } from '@/lib/enablement/views'

type MatrixEndpointRowProps = {
  view: MatrixView
  columns: CSSProperties
  rowIndex: number
  endpoint: MatrixEndpoint
  keys: CellKey[]
}

export function MatrixEndpointRow({ view, columns, rowIndex, endpoint, keys }: MatrixEndpointRowProps) {
  const { methods, canChange, cellProps, connectorId } = view
  return (
    <div
      role="row"
      aria-rowindex={rowIndex + 1}
      className="group absolute inset-x-0 grid border-b hover:bg-hover"
      style={columns}
    >
      <div
        role="rowheader"
        className="sticky left-0 z-10 flex min-w-0 items-center gap-2 border-r bg-surface px-2 group-hover:bg-hover"
      >
        <MatrixBox
          label={`All methods for ${endpoint.name}`}
          state={view.stateOf(keys)}
          disabled={!canChange}
          onToggle={(on) => view.toggle(keys, on)}
          focus={cellProps(rowIndex, 0)}
        />
        <span className="min-w-0">
          <Link
            href={`/connectors/${connectorId}/endpoints/${endpoint.id}`}
            prefetch={false}
            tabIndex={-1}
            title={endpoint.name}
            className="block truncate text-sm font-medium"
          >
            {endpoint.name}
          </Link>
          <span
            className="block truncate font-mono text-xs text-muted"
            title={`${endpoint.httpMethod} ${endpoint.url}`}
          >
            {endpoint.httpMethod} {endpoint.url}
          </span>
        </span>
      </div>
      {methods.map((method, index) => {
        const key = keys[index]!
        return (
          <div
            key={method.id}
            role="gridcell"
            aria-selected={view.isSelected(rowIndex, index + 1)}
            className="grid place-items-center aria-selected:bg-accent-subtle"
          >
            <MatrixBox
              label={`${method.name} for ${endpoint.name}`}
              state={view.isOn(key) ? 'all' : 'none'}
              staged={view.isStaged(key)}
              disabled={!canChange}
              onToggle={(on) => view.toggle([key], on)}
              focus={cellProps(rowIndex, index + 1)}
            />
          </div>
        )
      })}
    </div>
  )
}
