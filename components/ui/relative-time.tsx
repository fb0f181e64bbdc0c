'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { relativeTime } from '@/components/ui/relative-time-text'
import { useTimeZone } from '@/components/ui/time-zone'

/** "3 days ago", with the absolute time in the person's own zone on hover. */
export function RelativeTime({ at, className }: { at: Date | string; className?: string }) {
  const date = typeof at === 'string' ? new Date(at) : at
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000)
    return () => clearInterval(timer)
  }, [])
  const absolute = useAbsoluteTime(date)
  return (
    // Server and browser read different clocks, so the text may differ. The browser's text is used.
    <time suppressHydrationWarning dateTime={date.toISOString()} title={absolute} className={className}>
      {relativeTime(date, now)}
    </time>
  )
}

const never = () => () => {}

/**
 * In the person's time zone, or that of the browser, which the server does not know. The server therefore renders none:
 * hydration would not correct an attribute that differs.
 */
function useAbsoluteTime(date: Date): string | undefined {
  const timeZone = useTimeZone()
  return useSyncExternalStore(
    never,
    () => date.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long', timeZone }),
    () => undefined,
  )
}
