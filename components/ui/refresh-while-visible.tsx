'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Reads the page again every few seconds while its tab is visible, and when it becomes visible. */
export function RefreshWhileVisible({ seconds }: { seconds: number }) {
  const router = useRouter()
  useEffect(() => {
    const read = () => {
      if (!document.hidden) router.refresh()
    }
    const timer = setInterval(read, seconds * 1_000)
    document.addEventListener('visibilitychange', read)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', read)
    }
  }, [router, seconds])
  return null
}
