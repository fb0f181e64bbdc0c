'use client'

import { counted } from '@/lib/domain/counted'
import { Undo2 } from 'lucide-react'
import { cellKey, type Cell, type CellKey } from '@/components/enablement/matrix-model'
import { StrandedFlows } from '@/components/enablement/stranded-flows'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { IconButton } from '@/components/ui/icon-button'
import type { StrandedFlow } from '@/lib/enablement/views'

type ReviewChangesDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  cells: Cell[]
  strandedFlows: StrandedFlow[]
  refusal: string
  pending: boolean
  onUndo: (key: CellKey) => void
  onApply: () => void
}

/** What will be switched on and off, and the flows that lose an endpoint as a result. */
export function ReviewChangesDialog({
  open,
  onOpenChange,
  cells,
  strandedFlows,
  refusal,
  pending,
  onUndo,
  onApply,
}: ReviewChangesDialogProps) {
  const strands = strandedFlows.length
  const count = counted(cells.length, 'change')
  return (
    <Dialog
      title="Review changes"
      description="All changes take effect together and immediately, in every flow."
      size="lg"
      open={open}
      onOpenChange={onOpenChange}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Keep editing</Button>
          <Button
            variant={strands > 0 ? 'danger' : 'primary'}
            pending={pending}
            disabled={cells.length === 0}
            onClick={onApply}
          >
            {strands > 0 ? `Apply ${count} and break ${counted(strands, 'flow')}` : `Apply ${count}`}
          </Button>
        </>
      }
    >
      <div className="grid gap-5">
        {refusal && <Alert tone="bad">{refusal}</Alert>}
        {strands > 0 && (
          <section aria-label="Flows that lose an endpoint" className="grid gap-2">
            <Alert tone="warn" title={`${counted(strands, 'flow')} will stop working`}>
              The shapes will show “no longer available for this instance”, and their runs will fail before anything is
              sent.
            </Alert>
            <StrandedFlows flows={strandedFlows} />
          </section>
        )}
        <ChangeList title="Switched on" cells={cells.filter((cell) => cell.enabled)} onUndo={onUndo} />
        <ChangeList title="Switched off" cells={cells.filter((cell) => !cell.enabled)} onUndo={onUndo} />
      </div>
    </Dialog>
  )
}

const longestList = 200

function ChangeList({ title, cells, onUndo }: { title: string; cells: Cell[]; onUndo: (key: CellKey) => void }) {
  if (cells.length === 0) return null
  return (
    <section aria-label={title} className="grid gap-1">
      <h3 className="font-semibold">
        {title} <span className="tabular font-normal text-muted">{cells.length.toLocaleString('en-GB')}</span>
      </h3>
      <ul className="divide-y">
        {cells.slice(0, longestList).map(({ endpoint, method }) => (
          <li key={cellKey(endpoint.id, method.id)} className="flex items-center gap-2 py-1">
            <span className="min-w-0 grow text-sm break-words">
              <span className="font-medium">{method.name}</span> for {endpoint.name}
            </span>
            <IconButton
              size="sm"
              label={`Undo ${method.name} for ${endpoint.name}`}
              onClick={() => onUndo(cellKey(endpoint.id, method.id))}
            >
              <Undo2 aria-hidden className="size-4" />
            </IconButton>
          </li>
        ))}
      </ul>
      {cells.length > longestList && (
        <p className="text-sm text-muted">and {(cells.length - longestList).toLocaleString('en-GB')} more</p>
      )}
    </section>
  )
}
