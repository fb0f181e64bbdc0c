'use client'

import type { ReactElement } from 'react'
import type { SheetContent } from '@/components/ui/overlays/sheet-panel'
import { useOpener, type Opener } from '@/components/ui/overlays/use-opener'
import { usePanels } from '@/components/ui/overlays/use-panels'

type SheetProps = SheetContent & {
  trigger?: ReactElement
  /** The element that opened it, if it is not the trigger. */
  opener?: Opener
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** A panel that slides in over the page from the side. */
export function Sheet({ trigger, opener: other, open, onOpenChange, ...content }: SheetProps) {
  const panels = usePanels(open, onOpenChange)
  const state = { isOpen: open, isReady: panels !== null }
  const { rendered, opener } = useOpener(trigger, 'dialog', state, onOpenChange)
  return (
    <>
      {rendered}
      {panels && <panels.SheetPanel {...content} opener={other ?? opener} onOpenChange={onOpenChange} />}
    </>
  )
}
