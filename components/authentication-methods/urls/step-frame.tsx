'use client'

import { ArrowDown, ArrowUp, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '@/components/ui/icon-button'

type StepFrameProps = {
  /** "Get token, request 2". */
  name: string
  /** Whether the phase has several requests. */
  numbered: boolean
  canChange: boolean
  onRemove: () => void
  onMoveUp?: () => void
  onMoveDown?: () => void
  children: ReactNode
}

/** A frame around one request of a phase. A single request has none. */
export function StepFrame({ name, numbered, canChange, onRemove, onMoveUp, onMoveDown, children }: StepFrameProps) {
  return (
    <div role="group" aria-label={name} className={numbered ? 'grid gap-3 border-l-2 pl-4' : 'grid gap-4'}>
      {numbered && (
        <div className="flex min-h-7 items-center gap-1">
          <h4 className="grow text-sm font-medium text-muted">{name}</h4>
          {canChange && (
            <>
              {onMoveUp && (
                <IconButton label={`Move ${name} up`} size="sm" onClick={onMoveUp}>
                  <ArrowUp aria-hidden className="size-4" />
                </IconButton>
              )}
              {onMoveDown && (
                <IconButton label={`Move ${name} down`} size="sm" onClick={onMoveDown}>
                  <ArrowDown aria-hidden className="size-4" />
                </IconButton>
              )}
              <IconButton label={`Remove ${name}`} size="sm" onClick={onRemove}>
                <X aria-hidden className="size-4" />
              </IconButton>
            </>
          )}
        </div>
      )}
      {children}
    </div>
  )
}
