'use client'

import { useEffect, useState } from 'react'
import { relativeTime } from '@/components/ui/relative-time-text'

/** "3 days ago", with the absolute time in the person's own zone on hover. */
export function RelativeTime({ at, className }: { at: Date | string; className?: string }) {
  const date = typeof at === 'string' ? new Date(at) : at
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return (
    // The server does not know the person's zone and clock: the browser's reading wins.
    <time
      suppressHydrationWarning
      dateTime={date.toISOString()}
      title={date.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long' })}
      className={className}
    >
      {relativeTime(date, now)}
    </time>
  )
}
