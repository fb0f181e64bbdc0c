'use client'

import { ChevronLeft, ChevronRight, ChevronsLeft } from 'lucide-react'
import { ButtonLink } from '@/components/ui/button-link'
import { RefreshOnFocus } from '@/components/ui/refresh-on-focus'
import { useListParams } from '@/components/ui/use-list-params'

/** Marks the first page in the trail, since it has no cursor. */
const first = '-'
/** Limits the length of the address. On later pages *First page* is the way back. */
const longestTrail = 30

type PagerProps = {
  nextCursor: string | null
  /** The number of all matches, not only those on this page. */
  total: number
  /** "1 connector", "312 connectors". */
  noun: [one: string, many: string]
  /** Counting stops here: this total means "at least". */
  mostCounted?: number
  /** The name of the cursor in the address, if the page has two lists. */
  param?: string
}

/** Below every list: the total, and links to the previous and next page. */
export function Pager({ nextCursor, total, noun, mostCounted = Infinity, param = 'after' }: PagerProps) {
  const { get, hrefWith } = useListParams()
  const trailParam = param === 'after' ? 'trail' : `${param}-trail`
  const after = get(param)
  const trail = get(trailParam) === '' ? [] : get(trailParam).split(',')
  const previous = trail.at(-1)
  return (
    <nav
      aria-label={param === 'after' ? 'Pages' : `Pages of ${noun[1]}`}
      className="flex min-h-7 flex-wrap items-center gap-2 text-sm text-muted"
    >
      <span className="tabular grow" role="status">
        {total.toLocaleString('en-GB')}
        {total >= mostCounted && '+'} {total === 1 ? noun[0] : noun[1]}
      </span>
      <RefreshOnFocus />
      {after !== '' && (
        <ButtonLink size="sm" href={hrefWith({ [param]: null, [trailParam]: null })}>
          <ChevronsLeft aria-hidden />
          First page
        </ButtonLink>
      )}
      {previous !== undefined && (
        <ButtonLink
          size="sm"
          href={hrefWith({
            [param]: previous === first ? null : previous,
            [trailParam]: trail.slice(0, -1).join(','),
          })}
        >
          <ChevronLeft aria-hidden />
          Previous page
        </ButtonLink>
      )}
      {nextCursor !== null && (
        <ButtonLink
          size="sm"
          href={hrefWith({
            [param]: nextCursor,
            [trailParam]: [...trail, after || first].slice(-longestTrail).join(','),
          })}
        >
          Next page
          <ChevronRight aria-hidden />
        </ButtonLink>
      )}
    </nav>
  )
}
