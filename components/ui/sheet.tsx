'use client'

import type { ReactElement } from 'react'
import type { SheetContent } from '@/components/ui/overlays/sheet-panel'
import { useOpener, type Opener } from '@/components/ui/overlays/use-opener'
import { usePanels } from '@/components/ui/overlays/use-panels'

type SheetProps = SheetContent & {
  trigger?: ReactElement
  /** What opened it, if that is not its trigger. */
  opener?: Opener
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** A panel that comes in from the side over the page. */
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
