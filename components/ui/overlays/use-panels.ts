'use client'

import { lazyPart } from '@/components/ui/lazy-part'
import { useOpenPart } from '@/components/ui/use-open-part'

export const panels = lazyPart(() => import('./panels'))

/**
 * What opens over a page, while something is open.
 * @returns null while it is not there yet
 */
export function usePanels(isOpen: boolean, onOpenChange: (open: boolean) => void) {
  return useOpenPart(panels, isOpen, onOpenChange)
}
