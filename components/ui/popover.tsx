'use client'

import type { ReactElement } from 'react'
import type { PopoverContent } from '@/components/ui/overlays/popover-panel'
import { useOpener } from '@/components/ui/overlays/use-opener'
import { usePanels } from '@/components/ui/overlays/use-panels'

type PopoverProps = PopoverContent & { trigger: ReactElement; open: boolean; onOpenChange: (open: boolean) => void }

export function Popover({ trigger, open, onOpenChange, ...content }: PopoverProps) {
  const panels = usePanels(open, onOpenChange)
  const state = { isOpen: open, isReady: panels !== null }
  const { rendered, opener } = useOpener(trigger, 'dialog', state, onOpenChange)
  return (
    <>
      {rendered}
      {panels && <panels.PopoverPanel {...content} opener={opener} onOpenChange={onOpenChange} />}
    </>
  )
}
