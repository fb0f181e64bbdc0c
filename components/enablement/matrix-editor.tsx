'use client'

import { useDeferredValue, useMemo, useState } from 'react'
import { toast } from '@/components/ui/toast'
import { MatrixBar } from '@/components/enablement/matrix-bar'
import { MatrixGrid } from '@/components/enablement/matrix-grid'
import {
  changesOf,
  enabledCells,
  filterEndpoints,
  matrixRows,
  stage,
  stagedCells,
  type CellKey,
  type Staged,
} from '@/components/enablement/matrix-model'
import { MatrixToolbar } from '@/components/enablement/matrix-toolbar'
import { ReviewChangesDialog } from '@/components/enablement/review-changes-dialog'
import { useStrandedFlows } from '@/components/enablement/use-stranded-flows'
import { useAction } from '@/components/forms/use-action'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { refuse } from '@/lib/domain/result'
import { applyMatrixAction } from '@/lib/enablement/actions'
import type { Matrix, MatrixOutcome, StrandedFlow } from '@/lib/enablement/views'

const nothing: Staged = new Map()
const unanswered = (
  said = 'The server could not be reached, so nothing was applied. Your changes are still staged; try again.',
) => refuse('unexpected', said)

/**
 * Toggles in bulk (rule R2): staged here, reviewed with the flows they strand (rule R3), applied in one transaction.
 */
export function MatrixEditor({ matrix, canChange }: { matrix: Matrix; canChange: boolean }) {
  const [staged, setStaged] = useState(nothing)
  const [search, setSearch] = useState('')
  const [entityType, setEntityType] = useState<string | null>(null)
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const [reviewing, setReviewing] = useState(false)
  const [refusal, setRefusal] = useState('')
  const [asked, setAsked] = useState<StrandedFlow[]>([])
  const [applyMatrix, pending] = useAction(applyMatrixAction, unanswered)

  const text = useDeferredValue(search)
  const base = useMemo(() => enabledCells(matrix), [matrix])
  const shown = useMemo(() => filterEndpoints(matrix.endpoints, text, entityType), [matrix, text, entityType])
  const rows = useMemo(() => matrixRows(shown, folded), [shown, folded])
  const cells = useMemo(() => stagedCells(matrix, base, staged), [matrix, base, staged])
  const changes = useMemo(() => changesOf(cells), [cells])
  const planned = useStrandedFlows(matrix.connectorId, changes)
  const stranded = asked.length > 0 ? asked : planned
  useUnsavedChanges(cells.length > 0)

  const toggle = (keys: CellKey[], enabled: boolean) => {
    setAsked([])
    setRefusal('')
    setStaged((before) => stage(base, before, keys, enabled))
  }
  const undo = (key: CellKey) => toggle([key], base.has(key))
  const discard = () => {
    setStaged(nothing)
    setAsked([])
  }
  const apply = async (confirmStranding: boolean) => {
    const answer = await applyMatrix({ connectorId: matrix.connectorId, changes, confirmStranding })
    if (answer.ok) {
      discard()
      setReviewing(false)
      return announce(answer.value)
    }
    // What strands flows is asked about in the review, which names them.
    if (answer.error.code === 'confirmation_needed') setAsked(answer.error.strandedFlows ?? [])
    else setRefusal(answer.error.message)
    setReviewing(true)
  }
  const fold = (type: string) =>
    setFolded((before) =>
      before.has(type) ? new Set([...before].filter((other) => other !== type)) : new Set(before).add(type),
    )

  return (
    <div className="grid gap-3">
      <MatrixToolbar
        endpoints={matrix.endpoints}
        search={search}
        onSearch={setSearch}
        entityType={entityType}
        onEntityType={setEntityType}
        shown={shown.length}
      />
      <MatrixGrid
        connectorId={matrix.connectorId}
        methods={matrix.methods}
        rows={rows}
        shown={shown}
        filtered={shown.length < matrix.endpoints.length}
        base={base}
        staged={staged}
        folded={folded}
        onFold={fold}
        onToggle={toggle}
        canChange={canChange}
      />
      {canChange ? (
        <MatrixBar
          cells={cells}
          strandedFlows={stranded}
          pending={pending}
          onDiscard={discard}
          onReview={() => setReviewing(true)}
          onApply={() => apply(false)}
        />
      ) : (
        <p className="text-sm text-muted">
          Your role may look at the matrix. Managers and administrators can change it.
        </p>
      )}
      <ReviewChangesDialog
        open={reviewing}
        onOpenChange={setReviewing}
        cells={cells}
        strandedFlows={stranded}
        refusal={refusal}
        pending={pending}
        onUndo={undo}
        onApply={() => apply(stranded.length > 0)}
      />
    </div>
  )
}

function announce({ enabled, disabled, unchanged, gone }: MatrixOutcome) {
  const notes = [
    unchanged > 0 && `${unchanged} ${unchanged === 1 ? 'was' : 'were'} already so.`,
    gone > 0 && `${gone} ${gone === 1 ? 'concerns' : 'concern'} an endpoint or a method that was deleted meanwhile.`,
  ].filter(Boolean)
  toast.success(
    `Applied: ${enabled.toLocaleString('en-GB')} switched on, ${disabled.toLocaleString('en-GB')} switched off.`,
    notes.length > 0 ? { description: notes.join(' ') } : {},
  )
}
