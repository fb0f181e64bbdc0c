'use client'

import type { Cell } from '@/components/enablement/matrix-model'
import { saveKeys } from '@/components/forms/save-shortcut'
import { UnsavedBar } from '@/components/forms/unsaved-bar'
import { Button } from '@/components/ui/button'
import { counted } from '@/lib/domain/counted'
import { nameSome } from '@/lib/domain/names'
import type { StrandedFlow } from '@/lib/enablement/views'

type MatrixBarProps = {
  cells: Cell[]
  strandedFlows: StrandedFlow[]
  pending: boolean
  onDiscard: () => void
  onReview: () => void
  onApply: () => void
}

/** How many changes are not applied yet, which flows they would strand, and the buttons to apply or discard them. */
export function MatrixBar({ cells, strandedFlows, pending, onDiscard, onReview, onApply }: MatrixBarProps) {
  const none = cells.length === 0
  return (
    <UnsavedBar dirty={!none} message={describe(cells, strandedFlows)}>
      <Button disabled={none || pending} onClick={onDiscard}>
        Discard
      </Button>
      <Button disabled={none || pending} onClick={onReview}>
        Review
      </Button>
      <Button variant="primary" disabled={none} pending={pending} onClick={onApply} {...saveKeys}>
        Apply
      </Button>
    </UnsavedBar>
  )
}

function describe(cells: Cell[], stranded: StrandedFlow[]): string {
  const on = cells.filter((cell) => cell.enabled).length
  const off = cells.length - on
  const count = `${counted(cells.length, 'change')} not applied`
  const parts = [on > 0 && `${on.toLocaleString('en-GB')} on`, off > 0 && `${off.toLocaleString('en-GB')} off`]
    .filter(Boolean)
    .join(', ')
  const names = stranded.map((flow) => flow.flowName)
  const flows =
    names.length > 0 &&
    `; ${names.length === 1 ? 'flow' : 'flows'} ${nameSome(names.slice(0, 3), names.length)} will stop working`
  return `${count}: ${parts}${flows || ''}`
}
