import type { ReactNode } from 'react'

/** The buttons at a form's end: at the left of a page, the primary one first; at the right of a dialog. */
export function FormActions({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-t pt-4 in-[[role=dialog]]:justify-end">{children}</div>
  )
}
