'use client'

import { useEffect } from 'react'

/** Says that the page works: what was clicked before is done now. */
export function EarlyClicks() {
  useEffect(() => {
    // After all effects: before those of the router it does not notice that a click changes the address.
    const turn = setTimeout(() => (window as { patchbayTakenOver?: () => void }).patchbayTakenOver?.())
    return () => clearTimeout(turn)
  }, [])
  return null
}
