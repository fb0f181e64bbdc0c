'use client'

import { ArrowUp, Radio } from 'lucide-react'
import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { useLiveEvents } from '@/components/ui/use-live-events'
import { useListParams } from '@/components/ui/use-list-params'
import type { ActivityFilter } from '@/lib/activity/read-activity-filter'
import { isInRange, type TimeRange } from '@/lib/domain/time-range'

type NewRequestsProps = {
  /** Until when the list is known, in milliseconds. */
  since: number
  /** What the list is narrowed to. */
  filter: ActivityFilter
  /** By the server's clock, in milliseconds. */
  readAt: number
}

/**
 * Counts the requests that arrived since the list was read, and shows them when clicked. They are not inserted, because
 * rows would move while the person reads or clicks. The space for the line is always reserved.
 */
export function NewRequests({ since, filter: { from = '', to = '' }, readAt }: NewRequestsProps) {
  const router = useRouter()
  const search = useSearchParams()
  const { get, hrefWith } = useListParams()
  const [counted, setCounted] = useState({ since, count: 0 })
  const [pending, startTransition] = useTransition()
  const count = counted.since === since ? counted.count : 0
  const includesNow = useIncludesNow({ from, to }, readAt)
  const url = includesNow ? eventsUrl(search, since) : null
  const isLive = useLiveEvents(url, (data) => setCounted({ since, count: Number(data) || 0 }))
  const focusList = useFocusOnNewList(since)
  const show = () => {
    focusList()
    startTransition(() => {
      if (get('after') === '') router.refresh()
      else router.replace(hrefWith({ after: null }))
    })
  }
  return (
    <div role="status" className="flex min-h-8 items-center gap-2 text-sm text-muted">
      {count === 0 ? (
        <>
          <Radio aria-hidden className={isLive ? 'size-4 text-ok' : 'size-4'} />
          {isLive && 'Live: new requests are announced here.'}
          {!isLive && includesNow && 'Connecting for live updates…'}
          {!includesNow && 'Not live: the time range does not include the present.'}
        </>
      ) : (
        <Button size="sm" variant="primary" pending={pending} onClick={show}>
          <ArrowUp aria-hidden />
          Show {count > 99 ? '99+' : count} new {count === 1 ? 'request' : 'requests'}
        </Button>
      )}
    </div>
  )
}

function eventsUrl(search: URLSearchParams, since: number): string {
  const params = new URLSearchParams(search)
  params.delete('after')
  params.set('since', String(since))
  return `/activity/events?${params}`
}

/** Browsers run longer ones at once. */
const longestTimeoutMs = 2 ** 31 - 1

/** Also while the page is open: a range begins or ends. */
function useIncludesNow(range: TimeRange, readAt: number): boolean {
  const [noted, setNoted] = useState(readAt)
  const now = Math.max(noted, readAt)
  const next = Math.min(...[range.from, range.to].map((end) => Date.parse(end)).filter((end) => end > now))
  useEffect(() => {
    const waitMs = next - Date.now()
    if (waitMs > longestTimeoutMs) return
    const timer = setTimeout(() => setNoted(next), waitMs)
    return () => clearTimeout(timer)
  }, [next])
  return isInRange(now, range)
}

/** The button disappears together with the old list, so the first row of the new list takes the focus. */
function useFocusOnNewList(since: number): () => void {
  const wanted = useRef(false)
  useEffect(() => {
    if (!wanted.current) return
    wanted.current = false
    document.querySelector<HTMLElement>('a[data-row-link]')?.focus()
  }, [since])
  return () => {
    wanted.current = true
  }
}
