import type { ReactNode } from 'react'

/** The buttons at a form's end, the primary one first. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2 border-t pt-4">{children}</div>
}
