'use client'

import { ArrowDown, ArrowUp, Plug, Plus, Zap, type LucideIcon } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
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
  const [said, say] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const pressed = useRef<string | null>(null)
  // An element that moves in the page loses the focus, and a shape is moved by several presses of the same button.
  useLayoutEffect(() => {
    const name = pressed.current
    pressed.current = null
    if (name !== null && document.activeElement === document.body)
      list.current?.querySelector<HTMLElement>(`[data-move="${name}"]`)?.focus()
  }, [shapes])
  const names = shapes.map(({ name }) => name)
  /** Shapes may have the same name. */
  const calledAt = (index: number) => {
    const name = names[index]!
    return names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${index + 1})`
  }
  const move = (index: number, to: number) => {
    const shape = shapes[index]!
    pressed.current = `${shape.id} ${to < index ? 'up' : 'down'}`
    say(`${calledAt(index)} is now ${to + 1} of ${shapes.length}.`)
    changes?.onReorder(shape.id, to < index ? shapes[to]!.parentId : shapes[to]!.id)
  }
  return (
    <>
      <ol ref={list} aria-label="Shapes" className="grid rounded-lg border">
        <li className="flex items-center gap-2 px-3 py-2">
          <Zap aria-hidden className="size-4 shrink-0 text-muted" />
          <p className="min-w-0 grow font-medium">Trigger</p>
          {changes && (
            <StepButton
              label="Add a shape after the trigger"
              off={changes.pending}
              icon={Plus}
              onPress={() => changes.onAdd(null)}
            />
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
                <StepButton
                  label={`Move ${calledAt(index)} up`}
                  data-move={`${shape.id} up`}
                  off={index === 0 || changes.pending}
                  icon={ArrowUp}
                  onPress={() => move(index, index - 1)}
                />
                <StepButton
                  label={`Move ${calledAt(index)} down`}
                  data-move={`${shape.id} down`}
                  off={index === shapes.length - 1 || changes.pending}
                  icon={ArrowDown}
                  onPress={() => move(index, index + 1)}
                />
                <StepButton
                  label={`Add a shape after ${calledAt(index)}`}
                  off={changes.pending}
                  icon={Plus}
                  onPress={() => changes.onAdd(shape.id)}
                />
              </div>
            )}
          </li>
        ))}
      </ol>
      <p role="status" className="sr-only">
        {said}
      </p>
    </>
  )
}

type StepButtonProps = { label: string; off: boolean; icon: LucideIcon; onPress: () => void; 'data-move'?: string }

/** Keeps the focus while it does nothing. */
function StepButton({ label, off, icon: Icon, onPress, ...rest }: StepButtonProps) {
  return (
    <IconButton label={label} size="sm" aria-disabled={off || undefined} onClick={off ? undefined : onPress} {...rest}>
      <Icon aria-hidden />
    </IconButton>
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
