'use client'

import { useEffect, useRef, useState, type KeyboardEvent } from 'react'

/** Row 0 is the header; column 0 holds the "all methods" boxes. */
export type CellPosition = { row: number; column: number }

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

/** One tab stop for the whole grid; arrows move between its cells, also to rows that are not drawn yet. */
export function useCellFocus(last: CellPosition, showRow: (row: number) => void) {
  const grid = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState<CellPosition>({ row: 0, column: 0 })
  const wanted = useRef<CellPosition | null>(null)
  const place = within(current, last)

  // After every drawing: the wanted row may only appear once the grid has scrolled to it.
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
    showRow(next.row)
    setCurrent(next)
    wanted.current = next
  }
  /** What the box of a cell needs to take part. */
  const cellProps = (row: number, column: number) => ({
    'data-cell': `${row}:${column}`,
    tabIndex: place.row === row && place.column === column ? 0 : -1,
    onFocus: () => setCurrent({ row, column }),
  })
  return { grid, onKeyDown, cellProps }
}

export type CellProps = ReturnType<typeof useCellFocus>['cellProps']
