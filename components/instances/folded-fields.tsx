import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

type FoldedFieldsProps = {
  title: string
  /** Whether a field in it has an error. */ open?: boolean
  children: ReactNode
}

/** Fields that most people do not change. */
export function FoldedFields({ title, open = false, children }: FoldedFieldsProps) {
  return (
    <details className="group rounded-lg border" key={String(open)} open={open}>
      <summary className="flex cursor-pointer items-center gap-1.5 rounded-lg px-3 py-2 font-medium select-none [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 text-muted transition-transform group-open:rotate-90" />
        {title}
      </summary>
      <div className="grid gap-5 border-t px-3 pt-4 pb-4">{children}</div>
    </details>
  )
}
