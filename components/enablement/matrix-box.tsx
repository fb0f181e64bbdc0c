'use client'

import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/cn'
import type { CellState } from '@/components/enablement/matrix-model'

type MatrixBoxProps = {
  /** "basic auth for List orders" */
  label: string
  state: CellState
  /** Changed but not applied yet. */
  staged?: boolean
  disabled: boolean
  onToggle: (enabled: boolean) => void
  focus: { 'data-cell': string; tabIndex: number; onFocus: () => void }
}

/** A checkbox of the matrix, for one cell or for many. If only some are on, toggling switches all of them on. */
export function MatrixBox({ label, state, staged = false, disabled, onToggle, focus }: MatrixBoxProps) {
  return (
    <span
      className={cn(
        'relative inline-grid size-7 shrink-0 place-items-center rounded-md',
        staged && 'bg-warn-subtle outline-1 outline-warn outline-dashed',
      )}
    >
      <Checkbox
        aria-label={label}
        title={staged ? `${label} (not applied yet)` : label}
        checked={state === 'all'}
        indeterminate={state === 'mixed'}
        aria-disabled={disabled || undefined}
        aria-description={staged ? 'Changed, not applied yet' : undefined}
        onChange={() => !disabled && onToggle(state !== 'all')}
        className={cn(disabled && 'cursor-not-allowed! opacity-60')}
        {...focus}
      />
    </span>
  )
}
