'use client'

import { useState } from 'react'
import { MatrixBar } from '@/components/enablement/matrix-bar'
import { MatrixGrid } from '@/components/enablement/matrix-grid'
import { MatrixSelectionBar } from '@/components/enablement/matrix-selection-bar'
import { MatrixToolbar } from '@/components/enablement/matrix-toolbar'
import { ReviewChangesDialog } from '@/components/enablement/review-changes-dialog'
import { useMatrixEditor } from '@/components/enablement/use-matrix-editor'
import type { Matrix } from '@/lib/enablement/views'

/**
 * Toggles in bulk (rule R2): staged here, reviewed with the flows they strand (rule R3), applied in one transaction.
 */
export function MatrixEditor({ matrix, canChange }: { matrix: Matrix; canChange: boolean }) {
  const state = useMatrixEditor(matrix)
  const [tall, setTall] = useState(false)
  const { cells, stranded, pending } = state
  const selected = state.lines.flat()
  return (
    <div className="grid scroll-mt-4 gap-3">
      <MatrixToolbar
        endpoints={matrix.endpoints}
        state={state}
        canChange={canChange}
        tall={tall}
        onTall={(next) => setTall(next)}
      />
      <MatrixSelectionBar
        count={selected.length}
        canChange={canChange}
        onToggle={(enabled) => state.toggle(selected, enabled)}
        onClear={() => state.select(null)}
      />
      <MatrixGrid matrix={matrix} state={state} canChange={canChange} tall={tall} />
      {canChange ? (
        <MatrixBar
          cells={cells}
          strandedFlows={stranded}
          pending={pending}
          onDiscard={state.discard}
          onReview={() => state.setReviewing(true)}
          onApply={() => state.apply(false)}
        />
      ) : (
        <p className="text-sm text-muted">Your role can view the matrix. Managers and administrators can change it.</p>
      )}
      <ReviewChangesDialog
        open={state.reviewing}
        onOpenChange={state.setReviewing}
        cells={cells}
        strandedFlows={stranded}
        refusal={state.refusal}
        pending={pending}
        onUndo={state.restore}
        onApply={() => state.apply(stranded.length > 0)}
      />
    </div>
  )
}
