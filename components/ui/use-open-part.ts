'use client'

import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import type { LazyPart } from '@/components/ui/lazy-part'
import { toast } from '@/components/ui/toast'

/**
 * A part that is shown while something is open. Where it cannot be loaded, that is said, and what is open is closed.
 * @returns null until it is loaded, and while nothing is open
 */
export function useOpenPart<Part>(
  part: LazyPart<Part>,
  isOpen: boolean,
  onOpenChange: (open: boolean) => void,
  what = 'This part of the page',
): Part | null {
  const loaded = useSyncExternalStore(
    part.subscribe,
    // What is closed is not rendered again when the part has come.
    () => (isOpen ? part.get() : null),
    () => null,
  )
  const isMissing = isOpen && loaded === null
  const giveUp = useEffectEvent(() => {
    toast.error(
      `${what} could not be loaded. Check the connection and try again, or reload the page if Patchbay was updated.`,
    )
    onOpenChange(false)
  })
  useEffect(() => {
    if (!isMissing) return
    let left = false
    part.load().catch(() => left || giveUp())
    return () => void (left = true)
  }, [part, isMissing])
  return loaded
}
