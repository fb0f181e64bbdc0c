'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { MatrixEndpointRow } from '@/components/enablement/matrix-endpoint-row'
import { MatrixGroupRow } from '@/components/enablement/matrix-group-row'
import { MatrixHeader } from '@/components/enablement/matrix-header'
import { isOn, keysOf, stateOf, type CellKey, type MatrixRow, type Staged } from '@/components/enablement/matrix-model'
import type { MatrixView } from '@/components/enablement/matrix-view'
import { useCellFocus } from '@/components/enablement/use-cell-focus'
import type { MatrixEndpoint, MatrixMethod } from '@/lib/enablement/views'

type MatrixGridProps = {
  connectorId: string
  methods: MatrixMethod[]
  rows: MatrixRow[]
  /** All that the filter lets through, folded or not: what the header's boxes mean. */
  shown: MatrixEndpoint[]
  filtered: boolean
  base: ReadonlySet<CellKey>
  staged: Staged
  folded: ReadonlySet<string>
  onFold: (entityType: string) => void
  onToggle: (keys: CellKey[], enabled: boolean) => void
  canChange: boolean
}

const rowHeights = { group: 36, endpoint: 48 }
const columnWidth = '7rem'

/** Endpoints × methods: drawn row by row as far as one can see, with the header and the first column in place. */
export function MatrixGrid({
  connectorId,
  methods,
  rows,
  shown,
  filtered,
  base,
  staged,
  folded,
  onFold,
  onToggle,
  canChange,
}: MatrixGridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- what it answers is used here only, and never memoised
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeights[rows[index]?.kind ?? 'endpoint'],
    getItemKey: (index) => {
      const row = rows[index]
      return row?.kind === 'endpoint' ? row.endpoint.id : `group ${row?.entityType}`
    },
    overscan: 10,
    initialRect: { width: 800, height: 600 },
  })
  const last = { row: rows.length, column: methods.length }
  const { grid, onKeyDown, cellProps } = useCellFocus(last, (row) => row > 0 && virtual.scrollToIndex(row - 1))
  const view: MatrixView = {
    connectorId,
    methods,
    stateOf: (keys) => stateOf(base, staged, keys),
    isOn: (key) => isOn(base, staged, key),
    isStaged: (key) => staged.has(key),
    toggle: onToggle,
    canChange,
    cellProps,
  }
  const columns = {
    gridTemplateColumns: `minmax(var(--first), 1fr) repeat(${methods.length}, ${columnWidth})`,
    minWidth: `calc(var(--first) + ${methods.length} * ${columnWidth})`,
  }

  return (
    <div
      ref={scroller}
      className="max-h-[max(24rem,calc(100dvh-30rem))] overflow-auto overscroll-contain scroll-pt-24 scroll-pl-(--first) rounded-lg border bg-surface [--first:11rem] sm:[--first:18rem]"
    >
      <div
        ref={grid}
        role="grid"
        aria-label="Endpoints and the authentication methods they accept"
        aria-rowcount={rows.length + 1}
        aria-colcount={methods.length + 1}
        onKeyDown={onKeyDown}
      >
        <MatrixHeader view={view} columns={columns} endpoints={shown} filtered={filtered} />
        <div
          role="rowgroup"
          className="relative"
          style={{ height: virtual.getTotalSize(), minWidth: columns.minWidth }}
        >
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]!
            const placed = { ...columns, top: item.start, height: item.size }
            const at = { view, columns: placed, rowIndex: item.index + 1 }
            return row.kind === 'group' ? (
              <MatrixGroupRow
                key={item.key}
                {...at}
                entityType={row.entityType}
                endpoints={row.endpoints}
                folded={folded.has(row.entityType)}
                onFold={onFold}
              />
            ) : (
              <MatrixEndpointRow
                key={item.key}
                {...at}
                endpoint={row.endpoint}
                keys={keysOf([row.endpoint], methods)}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}
