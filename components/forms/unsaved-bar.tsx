'use client'

import type { ReactNode } from 'react'
import { useFormContext } from '@/components/forms/form-context'

type UnsavedBarProps = {
  /** Buttons; they are always there, so that nothing jumps. */
  children: ReactNode
  /** Overrides the form's own reading, for forms that keep their state themselves. */
  dirty?: boolean
  /** "Unsaved changes in Authentication". */
  message?: string
}

/** Stays at the bottom of a long form: whether something is unsaved, and the buttons. */
export function UnsavedBar({ children, dirty, message = 'Unsaved changes' }: UnsavedBarProps) {
  const form = useFormContext()
  const shown = dirty ?? form.dirty
  return (
    <div className="sticky bottom-0 z-20 -mx-4 flex flex-wrap items-center justify-end gap-2 border-t bg-background px-4 py-3 sm:-mx-6 sm:px-6">
      <span role="status" className="min-w-0 grow text-sm text-muted">
        {shown && (
          <span className="inline-flex items-center gap-2">
            <span aria-hidden className="size-2 shrink-0 rounded-full bg-accent" />
            {message}
          </span>
        )}
      </span>
      {children}
    </div>
  )
}
