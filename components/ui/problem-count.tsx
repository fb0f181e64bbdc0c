import { TriangleAlert } from 'lucide-react'

/** The number of problems on a tab. Hidden from screen readers: the tab's note says it in words. */
export function ProblemCount({ count }: { count: number }) {
  return (
    <span aria-hidden className="tabular inline-flex items-center gap-0.5 text-xs text-warn">
      <TriangleAlert className="size-3" />
      {count}
    </span>
  )
}
