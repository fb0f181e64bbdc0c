'use client'

import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import type { LazyPart } from '@/components/ui/lazy-part'
import { toast } from '@/components/ui/toast'

/**
 * The lazy code of an overlay, while the overlay is open. If loading fails, shows a message and closes the overlay.
 * @param what names the part in that message
 * @returns null until it is loaded, and while the overlay is closed
 */
export function useOpenPart<Part>(
  part: LazyPart<Part>,
  isOpen: boolean,
  onOpenChange: (open: boolean) => void,
  what = 'This part of the page',
): Part | null {
  const loaded = useSyncExternalStore(
    part.subscribe,
    // Null while closed, so that a closed overlay is not rendered again when the part is loaded.
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
