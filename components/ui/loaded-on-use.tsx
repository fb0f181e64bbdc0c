'use client'

import { useLoadingOnUse, usePart } from '@/components/ui/lazy-part'
import { panels } from '@/components/ui/overlays/use-panels'
import { messages } from '@/components/ui/toast'

/** Loads what a page does not need at first once a person begins to use it, and shows messages and tooltips. */
export function LoadedOnUse() {
  useLoadingOnUse()
  const loadedPanels = usePart(panels)
  const loadedMessages = usePart(messages)
  return (
    <>
      {loadedMessages && <loadedMessages.ToastMessages />}
      {loadedPanels && <loadedPanels.Tooltips />}
    </>
  )
}
