'use client'

import { useEffect } from 'react'

/** Says that the page works: what was clicked before is done now. */
export function EarlyClicks() {
  useEffect(() => {
    ;(window as { patchbayTakenOver?: () => void }).patchbayTakenOver?.()
  }, [])
  return null
}
