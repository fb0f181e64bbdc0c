'use client'

import { ArrowDown, ArrowUp, Plug, Plus, Zap } from 'lucide-react'
import { HttpMethodMark } from '@/components/endpoints/http-method-mark'
import { shapeTones } from '@/components/flows/shape-tones'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import { StatusBadge } from '@/components/ui/status-badge'
import { shapeStateWords } from '@/lib/flows/shape-state'
import type { ShapeNode } from '@/lib/flows/views'

type FlowStepsProps = {
  /** In the order of the flow. */
  shapes: ShapeNode[]
  selectedId: string | null
  onSelect: (shapeId: string) => void
  /** Missing if the person may not change flows. */
  changes?: {
    pending: boolean
    onAdd: (after: string | null) => void
    onReorder: (shapeId: string, parentId: string | null) => void
  }
}

/** The shapes of a flow as a list, in its order: to select, to move and to add others between them. */
export function FlowSteps({ shapes, selectedId, onSelect, changes }: FlowStepsProps) {
  return (
    <ol aria-label="Shapes" className="grid rounded-lg border">
      <li className="flex items-center gap-2 px-3 py-2">
        <Zap aria-hidden className="size-4 shrink-0 text-muted" />
        <p className="min-w-0 grow font-medium">Trigger</p>
        {changes && (
          <IconButton
            label="Add a shape after the trigger"
            size="sm"
            disabled={changes.pending}
            onClick={() => changes.onAdd(null)}
          >
            <Plus aria-hidden />
          </IconButton>
        )}
      </li>
      {shapes.map((shape, index) => (
        <li
          key={shape.id}
          className="flex flex-wrap items-center gap-x-1 border-t px-3 py-1 has-aria-[current]:bg-hover"
        >
          <ShapeButton
            shape={shape}
            position={index + 1}
            isSelected={shape.id === selectedId}
            onSelect={() => onSelect(shape.id)}
          />
          {changes && (
            <div className="flex items-center gap-0.5">
              <IconButton
                label={`Move ${shape.name} up`}
                size="sm"
                disabled={index === 0 || changes.pending}
                onClick={() => changes.onReorder(shape.id, shapes[index - 1]!.parentId)}
              >
                <ArrowUp aria-hidden />
              </IconButton>
              <IconButton
                label={`Move ${shape.name} down`}
                size="sm"
                disabled={index === shapes.length - 1 || changes.pending}
                onClick={() => changes.onReorder(shape.id, shapes[index + 1]!.id)}
              >
                <ArrowDown aria-hidden />
              </IconButton>
              <IconButton
                label={`Add a shape after ${shape.name}`}
                size="sm"
                disabled={changes.pending}
                onClick={() => changes.onAdd(shape.id)}
              >
                <Plus aria-hidden />
              </IconButton>
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}

type ShapeButtonProps = { shape: ShapeNode; position: number; isSelected: boolean; onSelect: () => void }

function ShapeButton({ shape, position, isSelected, onSelect }: ShapeButtonProps) {
  return (
    <button
      type="button"
      aria-current={isSelected || undefined}
      onClick={onSelect}
      className="flex min-w-0 grow basis-40 flex-wrap items-start gap-x-2 rounded-sm py-1.5 text-left focus-visible:outline-2 focus-visible:outline-accent"
    >
      <span className="grid min-w-0 grow basis-32 grid-cols-[auto_minmax(0,1fr)] gap-x-2 gap-y-0.5">
        <Plug aria-hidden className="mt-0.5 size-4 text-muted" />
        <span className={cn('min-w-0 break-words', isSelected && 'font-medium')}>
          <span className="tabular text-muted">{position}. </span>
          {shape.name}
        </span>
        {(shape.endpoint || shape.instance) && (
          <span className="col-start-2 flex min-w-0 flex-wrap items-center gap-x-1.5 text-sm text-muted">
            {shape.endpoint && (
              <>
                <HttpMethodMark method={shape.endpoint.httpMethod} />
                <span className="min-w-0 break-words">{shape.endpoint.name}</span>
              </>
            )}
            {shape.instance && (
              <span className="min-w-0 break-words">
                {shape.instance.name} · {shape.instance.connectorName}
              </span>
            )}
          </span>
        )}
      </span>
      {shape.state !== 'ready' && (
        <StatusBadge tone={shapeTones[shape.state]} quiet className="mt-0.5 h-auto! whitespace-normal! max-md:ml-6">
          {shapeStateWords[shape.state]}
        </StatusBadge>
      )}
    </button>
  )
}
