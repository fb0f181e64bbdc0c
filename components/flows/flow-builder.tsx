'use client'

import { Plus, Trash2, Workflow } from 'lucide-react'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { toast } from 'sonner'
import { FlowCanvas } from '@/components/flows/flow-canvas'
import { useAction } from '@/components/forms/use-action'
import { useGuardedNavigation } from '@/components/forms/unsaved-changes'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { IconButton } from '@/components/ui/icon-button'
import { addShapeAction, moveShapeAction, removeShapeAction } from '@/lib/flows/actions'
import type { FlowDetail } from '@/lib/flows/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type FlowBuilderProps = {
  flow: FlowDetail
  selectedId: string | null
  canChange: boolean
  /** The settings of the selected shape. */
  panel: ReactNode
}

/** The canvas, and beside it the settings of the selected shape. */
export function FlowBuilder({ flow, selectedId, canChange, panel }: FlowBuilderProps) {
  const router = useRouter()
  const go = useGuardedNavigation()
  const [addShape, adding] = useAction(addShapeAction, unansweredResult)
  const [moveShape] = useAction(moveShapeAction, unansweredResult)
  const [removeShape] = useAction(removeShapeAction, unansweredResult)
  const selected = flow.shapes.find(({ id }) => id === selectedId)
  const select = (shapeId: string) => go(`/flows/${flow.id}?shape=${shapeId}`)

  const add = async () => {
    const lowest = Math.max(-120, ...flow.shapes.map(({ y }) => y))
    const added = await addShape({
      flowId: flow.id,
      revision: flow.revision,
      name: `Connection ${flow.shapes.length + 1}`,
      x: 0,
      y: lowest + 150,
    })
    if (added.ok) router.push(`/flows/${flow.id}?shape=${added.value.id}`)
    else toast.error(added.error.message)
  }
  const move = async (shapeId: string, x: number, y: number) => {
    const moved = await moveShape({ flowId: flow.id, shapeId, x, y })
    if (!moved.ok) toast.error(moved.error.message)
  }
  const remove = async () => {
    if (selectedId === null) return
    const removed = await removeShape({ flowId: flow.id, revision: flow.revision, shapeId: selectedId })
    if (!removed.ok) return removed.error.message
    router.replace(`/flows/${flow.id}`)
  }
  const addButton = canChange && (
    <Button pending={adding} onClick={add}>
      <Plus aria-hidden />
      Add connection shape
    </Button>
  )

  if (flow.shapes.length === 0) {
    return (
      <EmptyState icon={Workflow} title="This flow has no shapes yet" actions={addButton}>
        A connection shape calls one endpoint with one instance. Choose the instance first; the shape then offers
        exactly the endpoints it may call.
      </EmptyState>
    )
  }
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_26rem]">
      <div className="grid gap-3">
        <div className="h-72 overflow-hidden rounded-lg border lg:h-[max(28rem,calc(100dvh-15rem))]">
          <FlowCanvas
            shapes={flow.shapes}
            selectedId={selectedId}
            onSelect={select}
            onMove={canChange ? move : undefined}
          />
        </div>
        <div>{addButton}</div>
      </div>
      <aside aria-label="Shape settings" className="rounded-lg border bg-surface p-4">
        {selected ? (
          <div className="grid gap-4">
            <div className="flex items-center gap-2">
              <h2 className="min-w-0 grow text-lg font-semibold">Connection</h2>
              {canChange && (
                <ConfirmDialog
                  title={`Remove ${selected.name}?`}
                  confirmLabel="Remove shape"
                  danger
                  trigger={
                    <IconButton label={`Remove ${selected.name}`}>
                      <Trash2 aria-hidden />
                    </IconButton>
                  }
                  onConfirm={remove}
                >
                  <p>Its settings are removed with it. The instance and the endpoint stay.</p>
                </ConfirmDialog>
              )}
            </div>
            {panel}
          </div>
        ) : (
          <p className="text-muted">Select a connection shape to see its settings.</p>
        )}
      </aside>
    </div>
  )
}
