import type { ReactNode } from 'react'

/**
 * The buttons at the end of a form. On a page they are on the left, with the primary button first. In a dialog they are
 * on the right and stay visible while a long form scrolls.
 */
export function FormActions({ children }: { children: ReactNode }) {
  return (
    <div
      data-form-actions
      className="flex flex-wrap items-center gap-2 border-t pt-4 in-[[role=dialog]]:sticky in-[[role=dialog]]:bottom-0 in-[[role=dialog]]:z-10 in-[[role=dialog]]:-mx-5 in-[[role=dialog]]:-mb-4 in-[[role=dialog]]:justify-end in-[[role=dialog]]:bg-raised in-[[role=dialog]]:px-5 in-[[role=dialog]]:py-3"
    >
      {children}
    </div>
  )
}
