'use client'

import { lazyPart } from '@/components/ui/lazy-part'
import { useOpenPart } from '@/components/ui/use-open-part'

export const panels = lazyPart(() => import('./panels'))

/**
 * The code of the overlays, while one is open.
 * @returns null until it is loaded
 */
export function usePanels(isOpen: boolean, onOpenChange: (open: boolean) => void) {
  return useOpenPart(panels, isOpen, onOpenChange)
}
