'use client'

import { useDeferredValue, useMemo, useState } from 'react'
import {
  changesOf,
  enabledCells,
  filterEndpoints,
  isOn,
  matrixRows,
  stagedCells,
  type CellKey,
} from '@/components/enablement/matrix-model'
import { selectedLines, type Selection } from '@/components/enablement/matrix-selection'
import { useStaged } from '@/components/enablement/use-staged'
import { useStrandedFlows } from '@/components/enablement/use-stranded-flows'
import { useAction } from '@/components/forms/use-action'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { toast } from '@/components/ui/toast'
import { refuse } from '@/lib/domain/result'
import { applyMatrixAction } from '@/lib/enablement/actions'
import type { Matrix, MatrixOutcome, StrandedFlow } from '@/lib/enablement/views'

const unanswered = (
  said = 'The server could not be reached, so nothing was applied. Your changes are still staged; try again.',
) => refuse('unexpected', said)

/** The state of the matrix: what is shown, selected and staged, and the question to confirm. */
export function useMatrixEditor(matrix: Matrix) {
  const [search, setSearch] = useState('')
  const [entityType, setEntityType] = useState<string | null>(null)
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const [selection, setSelection] = useState<Selection | null>(null)
  const [reviewing, setReviewing] = useState(false)
  const [refusal, setRefusal] = useState('')
  const [asked, setAsked] = useState<StrandedFlow[]>([])
  const [applyMatrix, pending] = useAction(applyMatrixAction, unanswered)

  const text = useDeferredValue(search)
  const base = useMemo(() => enabledCells(matrix), [matrix])
  const steps = useStaged(base)
  const { staged } = steps
  const shown = useMemo(() => filterEndpoints(matrix.endpoints, text, entityType), [matrix, text, entityType])
  const rows = useMemo(() => matrixRows(shown, folded), [shown, folded])
  const lines = useMemo(
    () => selectedLines({ rows, methods: matrix.methods }, selection),
    [rows, matrix.methods, selection],
  )
  const cells = useMemo(() => stagedCells(matrix, base, staged), [matrix, base, staged])
  const changes = useMemo(() => changesOf(cells), [cells])
  const planned = useStrandedFlows(matrix.connectorId, changes)
  useUnsavedChanges(cells.length > 0)

  /** After a change, the last response of the server is outdated. */
  const changing =
    <Given extends unknown[]>(act: (...given: Given) => void) =>
    (...given: Given) => {
      setAsked([])
      setRefusal('')
      act(...given)
    }
  /** Rows move, so the selection would contain other cells. */
  const narrowing =
    <Value>(set: (value: Value) => void) =>
    (value: Value) => {
      setSelection(null)
      set(value)
    }
  const toggle = changing(steps.toggle)
  const apply = async (confirmStranding: boolean) => {
    const answer = await applyMatrix({ connectorId: matrix.connectorId, changes, confirmStranding })
    if (answer.ok) {
      steps.reset()
      setAsked([])
      setReviewing(false)
      return announce(answer.value)
    }
    // Changes that strand flows are confirmed in the review, which lists the flows.
    if (answer.error.code === 'confirmation_needed') setAsked(answer.error.strandedFlows ?? [])
    else setRefusal(answer.error.message)
    setReviewing(true)
  }
  return {
    ...{ search, entityType, folded, selection, reviewing, refusal, pending, base, staged, shown, rows, lines, cells },
    stranded: asked.length > 0 ? asked : planned,
    setSearch: narrowing(setSearch),
    setEntityType: narrowing(setEntityType),
    fold: narrowing((type: string) => setFolded((before) => before.symmetricDifference(new Set([type])))),
    select: setSelection,
    setReviewing,
    isOn: (key: CellKey) => isOn(base, staged, key),
    toggle,
    /** Resets one cell to its current state. */
    restore: (key: CellKey) => toggle([key], base.has(key)),
    fill: changing(steps.fill),
    discard: changing(steps.discard),
    undo: changing(steps.undo),
    redo: changing(steps.redo),
    canUndo: steps.canUndo,
    canRedo: steps.canRedo,
    apply,
  }
}

export type MatrixState = ReturnType<typeof useMatrixEditor>

function announce({ enabled, disabled, unchanged, gone }: MatrixOutcome) {
  const notes = [
    unchanged > 0 && `${unchanged} ${unchanged === 1 ? 'was' : 'were'} already in that state.`,
    gone > 0 && `${gone} ${gone === 1 ? 'was' : 'were'} skipped, because the endpoint or the method has been deleted.`,
  ].filter(Boolean)
  toast.success(
    `Applied: ${enabled.toLocaleString('en-GB')} switched on, ${disabled.toLocaleString('en-GB')} switched off.`,
    notes.length > 0 ? { description: notes.join(' ') } : {},
  )
}
