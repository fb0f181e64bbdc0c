'use client'

import { useLoadingOnUse, usePart } from '@/components/ui/lazy-part'
import { panels } from '@/components/ui/overlays/use-panels'
import { messages } from '@/components/ui/toast'

/** Starts loading the lazy parts when a person begins to use the page, and renders messages and tooltips. */
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
