'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const shortestMs = 30_000

/**
 * Reads the page again when the person returns to its window, at most every 30 seconds. Typed text is not lost: fields
 * keep their own values, and a page with an open dialog is not refreshed.
 */
export function RefreshOnFocus() {
  const router = useRouter()
  useEffect(() => {
    let readAt = Date.now()
    const read = () => {
      const isBusy = document.hidden || document.querySelector('[role=dialog]') !== null
      if (isBusy || Date.now() - readAt < shortestMs) return
      readAt = Date.now()
      router.refresh()
    }
    window.addEventListener('focus', read)
    document.addEventListener('visibilitychange', read)
    return () => {
      window.removeEventListener('focus', read)
      document.removeEventListener('visibilitychange', read)
    }
  }, [router])
  return null
}
