'use client'

import { useEffect } from 'react'

/** Signals that the page works, so that earlier clicks are repeated now. */
export function EarlyClicks() {
  useEffect(() => {
    // After all effects: before its own effects have run, the router does not notice that a click changes the address.
    const turn = setTimeout(() => {
      const page = window as { patchbayTakenOver?: () => void; patchbayWorks?: true }
      page.patchbayTakenOver?.()
      // If the script runs only now, it must not store any click: nothing would repeat them.
      page.patchbayWorks = true
    })
    return () => clearTimeout(turn)
  }, [])
  return null
}
