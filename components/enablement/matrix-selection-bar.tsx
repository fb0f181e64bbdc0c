'use client'

import { counted } from '@/lib/domain/counted'
import { Button } from '@/components/ui/button'

type MatrixSelectionBarProps = {
  /** The number of selected cells. */
  count: number
  canChange: boolean
  onToggle: (enabled: boolean) => void
  onClear: () => void
}

/** Buttons for the selected cells; without a selection, a hint how to select with the keyboard. */
export function MatrixSelectionBar({ count, canChange, onToggle, onClear }: MatrixSelectionBarProps) {
  if (count === 0)
    return (
      <p className="text-sm text-muted max-sm:hidden">
        Shift with arrows or a click selects cells, Shift+Space a row, Ctrl+Space a column.
        {canChange &&
          ' Space switches what is selected, Ctrl+D fills down, Ctrl+Z undoes. Ctrl+C and Ctrl+V copy and paste: in a spreadsheet, x means on.'}
      </p>
    )
  return (
    <div role="group" aria-label="Selected cells" className="flex flex-wrap items-center gap-2">
      <p role="status" className="tabular text-sm">
        {`${counted(count, 'cell')} selected`}
      </p>
      {canChange && (
        <>
          <Button size="sm" onClick={() => onToggle(true)}>
            Switch on
          </Button>
          <Button size="sm" onClick={() => onToggle(false)}>
            Switch off
          </Button>
        </>
      )}
      <Button size="sm" variant="ghost" onClick={onClear}>
        Clear selection
      </Button>
    </div>
  )
}
