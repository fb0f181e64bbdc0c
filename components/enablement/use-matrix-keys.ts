'use client'

import { useEffect, useEffectEvent, type KeyboardEvent, type MouseEvent } from 'react'
import type { CellKey, MatrixRow } from '@/components/enablement/matrix-model'
import {
  copied,
  fillDown,
  paste,
  wholeColumn,
  wholeRow,
  type CellPosition,
  type Filling,
  type Selection,
} from '@/components/enablement/matrix-selection'
import { toast } from '@/components/ui/toast'
import { counted } from '@/lib/domain/counted'
import type { MatrixMethod } from '@/lib/enablement/views'

type MatrixKeys = {
  rows: MatrixRow[]
  methods: MatrixMethod[]
  place: CellPosition
  selection: Selection | null
  /** The cells of the selection. */
  lines: CellKey[][]
  select: (selection: Selection | null) => void
  isOn: (key: CellKey) => boolean
  canChange: boolean
  toggle: (keys: CellKey[], enabled: boolean) => void
  fill: (filling: Filling) => void
  undo: () => void
  redo: () => void
}

/** The matrix as a spreadsheet: select with Shift, switch the selection with Space, fill down, copy, paste, undo. */
export function useMatrixKeys(keys: MatrixKeys) {
  const { rows, methods, place, selection, lines, select, isOn, canChange } = keys
  const sheet = { rows, methods }
  const selected = lines.flat()
  const isCell = (target: EventTarget) => (target as HTMLElement).matches('[data-cell]')

  const withCommand = (event: KeyboardEvent<HTMLElement>): (() => void) | null => {
    const key = event.key.toLowerCase()
    if (key === ' ' && place.column > 0) return () => select(wholeColumn(place.column, sheet))
    if (!canChange) return null
    if (key === 'd' && lines.length > 1) return () => keys.fill(fillDown(lines, isOn))
    if (key === 'y' || (key === 'z' && event.shiftKey)) return keys.redo
    return key === 'z' ? keys.undo : null
  }
  const plain = (event: KeyboardEvent<HTMLElement>): (() => void) | null => {
    if (event.key === 'Escape' && selection) return () => select(null)
    if (event.key !== ' ') return null
    if (event.shiftKey) return place.row > 0 ? () => select(wholeRow(place.row, sheet)) : () => undefined
    return selected.length > 1 && canChange ? () => keys.toggle(selected, !selected.every(isOn)) : null
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!isCell(event.target) || event.altKey) return
    const act = event.ctrlKey || event.metaKey ? withCommand(event) : plain(event)
    if (!act) return
    event.preventDefault()
    act()
  }
  const copy = useEffectEvent((event: ClipboardEvent) => {
    if (!isInMatrix() || selected.length === 0) return
    event.preventDefault()
    event.clipboardData?.setData('text/plain', copied(lines, isOn))
  })
  const pasteHere = useEffectEvent((event: ClipboardEvent) => {
    // Files and images contain no text and cannot be pasted.
    if (!isInMatrix() || !canChange || !event.clipboardData?.types.includes('text/plain')) return
    event.preventDefault()
    const pasted = paste(sheet, selection ? topLeft(selection) : place, event.clipboardData.getData('text/plain'))
    if (typeof pasted === 'string') return toast.error(pasted)
    keys.fill(pasted)
    if (pasted.beyond > 0)
      toast.warning(
        `${counted(pasted.beyond, 'value')} outside the matrix ${pasted.beyond === 1 ? 'was' : 'were'} left out.`,
      )
  })
  // Browsers send these events to the page and not to a checkbox, which contains no text.
  useEffect(() => {
    document.addEventListener('copy', copy)
    document.addEventListener('paste', pasteHere)
    return () => {
      document.removeEventListener('copy', copy)
      document.removeEventListener('paste', pasteHere)
    }
  }, [])
  return {
    onKeyDown,
    /** Some browsers switch a checkbox when the key is released. */
    onKeyUp: (event: KeyboardEvent<HTMLElement>) => {
      const isOurs = event.shiftKey || event.ctrlKey || event.metaKey || selected.length > 1
      if (event.key === ' ' && isCell(event.target) && isOurs) event.preventDefault()
    },
    /** With Shift the focus stays where the selection starts, if that is in the matrix. */
    onMouseDownCapture: (event: MouseEvent<HTMLElement>) => {
      if (event.shiftKey && isInMatrix()) event.preventDefault()
    },
    /** With Shift a click selects as far as this cell. */
    onClickCapture: (event: MouseEvent<HTMLElement>) => {
      const cell = (event.target as HTMLElement).closest<HTMLElement>('[role="gridcell"], [role="rowheader"]')
      const at = cell?.querySelector<HTMLElement>('[data-cell]')?.dataset.cell?.split(':').map(Number)
      if (!event.shiftKey || !at) return
      event.preventDefault()
      event.stopPropagation()
      const [row, column] = at as [number, number]
      const to = column === 0 ? { row, column: methods.length } : { row, column }
      const from = selection?.from ?? place
      select({ from: column === 0 ? { ...from, column: 1 } : from, to })
    },
  }
}

function isInMatrix(): boolean {
  return document.activeElement?.matches('[data-cell]') ?? false
}

function topLeft({ from, to }: Selection): CellPosition {
  return { row: Math.min(from.row, to.row), column: Math.min(from.column, to.column) }
}
