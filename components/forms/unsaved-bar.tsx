'use client'

import type { ReactNode } from 'react'
import { useFormContext } from '@/components/forms/form-context'
import { useSaveBar } from '@/components/forms/use-save-bar'
import { Shortcut } from '@/components/ui/shortcut'

type UnsavedBarProps = {
  /** The buttons. They are always shown, so that nothing moves. */
  children: ReactNode
  /** Overrides the form's own detection, for forms that manage their state themselves. */
  dirty?: boolean
  /** "Unsaved changes in Authentication". */
  message?: string
}

/** Sticks to the bottom of a long form and shows its buttons and whether there are unsaved changes. */
export function UnsavedBar({ children, dirty, message = 'Unsaved changes' }: UnsavedBarProps) {
  const form = useFormContext()
  const shown = dirty ?? form.dirty
  const bar = useSaveBar(shown)
  return (
    <div
      ref={bar}
      className="sticky bottom-0 z-20 -mx-4 flex flex-wrap items-center justify-end gap-2 border-t bg-background px-4 py-3 sm:-mx-6 sm:px-6 [@media(max-height:20rem)]:static"
    >
      <span role="status" className="min-w-0 grow text-sm text-muted">
        {shown && (
          <span className="inline-flex items-center gap-2">
            <span aria-hidden className="size-2 shrink-0 rounded-full bg-accent" />
            <span>{message}</span>
            <Shortcut letter="S" className="max-sm:hidden" />
          </span>
        )}
      </span>
      {children}
    </div>
  )
}
