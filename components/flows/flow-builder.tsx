'use client'

import { Plus, Trash2, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import { FlowCanvas } from '@/components/flows/flow-canvas'
import { FlowSteps } from '@/components/flows/flow-steps'
import { flowPath, useShapes, type FlowView } from '@/components/flows/use-shapes'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { IconButton } from '@/components/ui/icon-button'
import { LinkTabs } from '@/components/ui/link-tabs'
import { Spinner } from '@/components/ui/spinner'
import type { FlowDetail } from '@/lib/flows/views'

type FlowBuilderProps = {
  flow: FlowDetail
  selectedId: string | null
  view: FlowView
  canChange: boolean
  /** The settings of the selected shape. */
  panel: ReactNode
}

/** The canvas or the list of a flow, with the settings of the selected shape next to it. */
export function FlowBuilder({ flow, selectedId, view, canChange, panel }: FlowBuilderProps) {
  const { shapes, shownId, arriving, adding, reordering, select, add, reorder, move, remove } = useShapes(
    flow,
    selectedId,
    view,
  )
  const selected = arriving ? undefined : shapes.find(({ id }) => id === selectedId)
  const addButton = canChange && (
    <Button pending={adding || reordering} onClick={() => add()}>
      <Plus aria-hidden />
      Add connection shape
    </Button>
  )

  if (shapes.length === 0) {
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
        <LinkTabs
          label="View of the flow"
          tabs={(['canvas', 'list'] as const).map((each) => ({
            href: flowPath(flow.id, each, selectedId),
            label: each === 'canvas' ? 'Canvas' : 'List',
            current: each === view,
          }))}
        />
        {view === 'canvas' ? (
          <div className="h-72 overflow-hidden rounded-lg border lg:h-[max(28rem,calc(100dvh-15rem))]">
            <FlowCanvas shapes={shapes} selectedId={shownId} onSelect={select} onMove={canChange ? move : undefined} />
          </div>
        ) : (
          <FlowSteps
            shapes={shapes}
            selectedId={shownId}
            onSelect={select}
            changes={canChange ? { pending: adding || reordering, onAdd: add, onReorder: reorder } : undefined}
          />
        )}
        <div>{addButton}</div>
      </div>
      {/* Until the new order is stored, a save would be based on the flow before it. */}
      <aside
        aria-label="Shape settings"
        aria-busy={arriving || undefined}
        inert={reordering}
        className="rounded-lg border bg-surface p-4"
      >
        {arriving && (
          <p className="flex items-center gap-2 text-muted">
            <Spinner /> {adding ? 'Adding the shape…' : 'Loading the shape…'}
          </p>
        )}
        {selected && (
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
                  onConfirm={() => remove(selected.id)}
                >
                  <p>Its settings are removed with it. The instance and the endpoint stay.</p>
                </ConfirmDialog>
              )}
            </div>
            {panel}
          </div>
        )}
        {!arriving && !selected && <p className="text-muted">Select a connection shape to see its settings.</p>}
      </aside>
    </div>
  )
}
