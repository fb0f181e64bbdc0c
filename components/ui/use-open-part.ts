'use client'

import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { usePart, type LazyPart } from '@/components/ui/lazy-part'
import { toast } from '@/components/ui/toast'

/**
 * The lazy code of an overlay, while the overlay is open. If loading fails, shows a message and closes the overlay.
 * @returns null until it is loaded, and while the overlay is closed
 */
export function useOpenPart<Part>(
  part: LazyPart<Part>,
  isOpen: boolean,
  onOpenChange: (open: boolean) => void,
): Part | null {
  const loaded = useSyncExternalStore(
    part.subscribe,
    // Null while closed, so that a closed overlay is not rendered again when the part is loaded.
    () => (isOpen ? part.get() : null),
    () => null,
  )
  useLoadingNow(part, isOpen && loaded === null, undefined, () => onOpenChange(false))
  return loaded
}

/**
 * Lazy code that stays once it is loaded, and is loaded at the latest when it is wanted. If that fails, shows a message.
 * @param what names the part in that message
 * @returns null until it is loaded
 */
export function useWantedPart<Part>(
  part: LazyPart<Part>,
  isWanted: boolean,
  what?: string,
  onFailure?: () => void,
): Part | null {
  const loaded = usePart(part)
  useLoadingNow(part, isWanted && loaded === null, what, onFailure)
  return loaded
}

function useLoadingNow(
  part: LazyPart<unknown>,
  isMissing: boolean,
  what = 'This part of the page',
  onFailure?: () => void,
): void {
  const giveUp = useEffectEvent(() => {
    toast.error(
      `${what} could not be loaded. Check the connection and try again, or reload the page if Patchbay was updated.`,
    )
    onFailure?.()
  })
  useEffect(() => {
    if (!isMissing) return
    let left = false
    part.load().catch(() => left || giveUp())
    return () => void (left = true)
  }, [part, isMissing])
}
