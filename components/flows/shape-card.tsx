'use client'

import { Plug } from 'lucide-react'
import { HttpMethodMark } from '@/components/endpoints/http-method-mark'
import { shapeTones } from '@/components/flows/shape-tones'
import { StatusBadge } from '@/components/ui/status-badge'
import { cn } from '@/components/ui/cn'
import { shapeStateWords } from '@/lib/flows/shape-state'
import type { ShapeNode } from '@/lib/flows/views'

// The canvas focuses the element around the card.
const focusStyle = 'outline-offset-2 outline-accent in-focus-visible:outline-2'

/** A connection shape on the canvas: its endpoint, its instance, and whether it is ready. */
export function ShapeCard({ shape, selected }: { shape: ShapeNode; selected: boolean }) {
  return (
    <div
      className={cn(
        'grid w-60 gap-1.5 rounded-lg border bg-raised p-3 text-left shadow-sm',
        selected ? 'border-accent ring-1 ring-accent' : 'border-line-strong',
        focusStyle,
      )}
    >
      <div className="flex items-center gap-2">
        <Plug aria-hidden className="size-4 shrink-0 text-muted" />
        <span className="sr-only">Connection shape</span>
        <span className="min-w-0 grow truncate font-medium" title={shape.name}>
          {shape.name}
        </span>
      </div>
      {shape.endpoint && (
        <p className="flex items-center gap-1.5 text-sm">
          <HttpMethodMark method={shape.endpoint.httpMethod} />
          <span className="min-w-0 truncate" title={shape.endpoint.name}>
            {shape.endpoint.name}
          </span>
        </p>
      )}
      {shape.instance && (
        <p className="truncate text-sm text-muted" title={`${shape.instance.name} · ${shape.instance.connectorName}`}>
          {shape.instance.name} · {shape.instance.connectorName}
        </p>
      )}
      {shape.state !== 'ready' && (
        <StatusBadge tone={shapeTones[shape.state]} quiet className="h-auto! whitespace-normal!">
          {shapeStateWords[shape.state]}
        </StatusBadge>
      )}
    </div>
  )
}
