'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { relativeTime } from '@/components/ui/relative-time-text'

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
    // The server does not know the person's clock: the browser's reading wins.
    <time suppressHydrationWarning dateTime={date.toISOString()} title={absolute} className={className}>
      {relativeTime(date, now)}
    </time>
  )
}

const never = () => () => {}

/**
 * People have no time zone in their profile: it is the browser's. The server knows neither, so its page has no absolute
 * time; one that it wrote would stay, since hydration keeps attributes that differ.
 */
function useAbsoluteTime(date: Date): string | undefined {
  return useSyncExternalStore(
    never,
    () => date.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long' }),
    () => undefined,
  )
}
