'use client'

import { useState, type ReactElement } from 'react'
import type { DialogContent } from '@/components/ui/overlays/dialog-panel'
import { useOpener } from '@/components/ui/overlays/use-opener'
import { usePanels } from '@/components/ui/overlays/use-panels'

type DialogProps = DialogContent & {
  /** Opens the dialog when pressed. Without it, `open` controls the dialog. */
  trigger?: ReactElement
  open?: boolean
  /** The content is still loading; the dialog opens as soon as it is loaded. */
  isLoading?: boolean
  onOpenChange?: (open: boolean) => void
}

export function Dialog({ trigger, open, isLoading = false, onOpenChange, ...content }: DialogProps) {
  const [ownOpen, setOwnOpen] = useState(false)
  const isOpen = open ?? ownOpen
  const show = (next: boolean) => {
    setOwnOpen(next)
    onOpenChange?.(next)
  }
  const panels = usePanels(isOpen, show)
  const isReady = panels !== null && !isLoading
  const { rendered, opener } = useOpener(trigger, 'dialog', { isOpen, isReady }, show)
  return (
    <>
      {rendered}
      {isReady && <panels.DialogPanel {...content} opener={trigger && opener} onOpenChange={show} />}
    </>
  )
}
