'use client'

import { ChevronRight, ChevronsLeft } from 'lucide-react'
import { ButtonLink } from '@/components/ui/button-link'
import { useListParams } from '@/components/ui/use-list-params'

type PagerProps = {
  nextCursor: string | null
  /** All that match, not only this page. */
  total: number
  /** "1 connector", "312 connectors". */
  noun: [one: string, many: string]
  /** Where counting stops: a total of this many means "at least". */
  mostCounted?: number
}

/** How many there are, and the way to the next ones. Hidden parts keep their place, so nothing jumps. */
export function Pager({ nextCursor, total, noun, mostCounted = Infinity }: PagerProps) {
  const { get, hrefWith } = useListParams()
  const isFirst = get('after') === ''
  return (
    <nav aria-label="Pages" className="flex min-h-7 flex-wrap items-center gap-2 text-sm text-muted">
      <span className="tabular grow" role="status">
        {total.toLocaleString('en-GB')}
        {total >= mostCounted && '+'} {total === 1 ? noun[0] : noun[1]}
      </span>
      {!isFirst && (
        <ButtonLink size="sm" href={hrefWith({ after: null })}>
          <ChevronsLeft aria-hidden />
          First page
        </ButtonLink>
      )}
      {nextCursor !== null && (
        <ButtonLink size="sm" href={hrefWith({ after: nextCursor })}>
          Next page
          <ChevronRight aria-hidden />
        </ButtonLink>
      )}
    </nav>
  )
}
