'use client'

import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { CellPosition, Selection } from '@/components/enablement/matrix-selection'

const steps: Record<string, (place: CellPosition, last: CellPosition) => CellPosition> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }, last) => ({ row, column: last.column }),
  PageUp: ({ row, column }) => ({ row: row - 10, column }),
  PageDown: ({ row, column }) => ({ row: row + 10, column }),
}

const within = (place: CellPosition, last: CellPosition): CellPosition => ({
  row: Math.max(0, Math.min(place.row, last.row)),
  column: Math.max(0, Math.min(place.column, last.column)),
})

type CellFocus = {
  last: CellPosition
  showRow: (row: number) => void
  selection: Selection | null
  select: (selection: Selection | null) => void
}

/**
 * One tab stop for the whole grid; arrows move between its cells, also to rows that are not rendered yet. With Shift
 * they extend a selection from the cell where it started.
 */
export function useCellFocus({ last, showRow, selection, select }: CellFocus) {
  const grid = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState<CellPosition>({ row: 0, column: 0 })
  const wanted = useRef<CellPosition | null>(null)
  const place = within(current, last)

  // After every render, because the row may only appear once the grid has scrolled to it.
  useEffect(() => {
    if (!wanted.current) return
    const box = grid.current?.querySelector<HTMLInputElement>(
      `[data-cell="${wanted.current.row}:${wanted.current.column}"]`,
    )
    if (!box) return
    wanted.current = null
    box.focus({ preventScroll: true })
    box.closest('[role="gridcell"], [role="columnheader"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = steps[event.key]
    if (!step || !(event.target as HTMLElement).matches('[data-cell]') || event.altKey || event.metaKey) return
    event.preventDefault()
    const next = within(step(place, last), last)
    select(event.shiftKey ? { from: selection?.from ?? place, to: next } : null)
    showRow(next.row)
    setCurrent(next)
    wanted.current = next
  }
  /** The attributes of the checkbox of a cell. */
  const cellProps = (row: number, column: number) => ({
    'data-cell': `${row}:${column}`,
    tabIndex: place.row === row && place.column === column ? 0 : -1,
    onFocus: () => setCurrent({ row, column }),
  })
  return { grid, place, onKeyDown, cellProps }
}

export type CellProps = ReturnType<typeof useCellFocus>['cellProps']
