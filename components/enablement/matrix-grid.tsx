'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, type PointerEvent } from 'react'
import { MatrixEndpointRow } from '@/components/enablement/matrix-endpoint-row'
import { MatrixGroupRow } from '@/components/enablement/matrix-group-row'
import { MatrixHeader } from '@/components/enablement/matrix-header'
import { keysOf, stateOf } from '@/components/enablement/matrix-model'
import { isSelected } from '@/components/enablement/matrix-selection'
import type { MatrixView } from '@/components/enablement/matrix-view'
import { useCellFocus } from '@/components/enablement/use-cell-focus'
import type { MatrixState } from '@/components/enablement/use-matrix-editor'
import { useMatrixKeys } from '@/components/enablement/use-matrix-keys'
import { cn } from '@/components/ui/cn'
import type { Matrix } from '@/lib/enablement/views'

type MatrixGridProps = {
  matrix: Matrix
  state: MatrixState
  canChange: boolean
  /** Whether it fills the height of the window. */
  tall: boolean
}

const rowHeights = { group: 36, endpoint: 48 }
const columnWidth = '7rem'

/** Endpoints × methods: only the visible rows are rendered, and the header and the first column are sticky. */
export function MatrixGrid({ matrix, state, canChange, tall }: MatrixGridProps) {
  const { connectorId, methods, endpoints } = matrix
  const { rows, shown, base, staged, folded, selection, lines, select, toggle, isOn } = state
  const scroller = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- its results are used in this component only and never memoised
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
  const focus = useCellFocus({ last, selection, select, showRow: (row) => row > 0 && virtual.scrollToIndex(row - 1) })
  const { grid, place, cellProps } = focus
  const { undo, redo, fill } = state
  const keys = useMatrixKeys({
    rows,
    methods,
    place,
    selection,
    lines,
    select,
    isOn,
    canChange,
    toggle,
    fill,
    undo,
    redo,
  })
  const view: MatrixView = {
    connectorId,
    methods,
    stateOf: (cells) => stateOf(base, staged, cells),
    isOn,
    isStaged: (key) => staged.has(key),
    toggle,
    canChange,
    isSelected: (row, column) => isSelected(selection, { row, column }),
    cellProps,
  }
  const columns = {
    gridTemplateColumns: `minmax(var(--first), 1fr) repeat(${methods.length}, ${columnWidth})`,
    minWidth: `calc(var(--first) + ${methods.length} * ${columnWidth})`,
  }

  return (
    <div
      ref={scroller}
      className={cn(
        'overflow-auto overscroll-contain scroll-pt-24 scroll-pl-(--first) rounded-lg border bg-surface [--first:11rem] sm:[--first:18rem]',
        tall ? 'max-h-[max(24rem,calc(100dvh-13rem))]' : 'max-h-[max(24rem,calc(100dvh-30rem))]',
      )}
    >
      <div
        ref={grid}
        role="grid"
        aria-label="Endpoints and the authentication methods they accept"
        aria-rowcount={rows.length + 1}
        aria-colcount={methods.length + 1}
        aria-multiselectable
        className="select-none"
        onKeyDown={(event) => {
          focus.onKeyDown(event)
          keys.onKeyDown(event)
        }}
        onKeyUp={keys.onKeyUp}
        onMouseDownCapture={keys.onMouseDownCapture}
        onClickCapture={keys.onClickCapture}
        onPointerOver={showColumn}
        onPointerLeave={hideColumn}
      >
        <MatrixHeader view={view} columns={columns} endpoints={shown} filtered={shown.length < endpoints.length} />
        <div
          role="rowgroup"
          className="relative"
          style={{ height: virtual.getTotalSize(), minWidth: columns.minWidth }}
        >
          <div
            aria-hidden
            className="pointer-events-none absolute inset-y-0 hidden w-28 bg-hover/60 in-data-column:block"
            style={{ right: `calc((${methods.length} - var(--column)) * ${columnWidth})` }}
          />
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
                onFold={state.fold}
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

/** Highlights the column under the pointer through the style sheet alone, so that no cell is rendered again. */
function showColumn({ target, currentTarget }: PointerEvent<HTMLElement>) {
  const cell = (target as HTMLElement).closest('[role="gridcell"], [role="columnheader"]')
  const at = cell?.querySelector<HTMLElement>('[data-cell]')?.dataset.cell?.split(':')[1]
  if (at === undefined || at === '0') return hideColumn({ currentTarget })
  currentTarget.dataset.column = at
  currentTarget.style.setProperty('--column', at)
}

function hideColumn({ currentTarget }: Pick<PointerEvent<HTMLElement>, 'currentTarget'>) {
  delete currentTarget.dataset.column
}
