'use client'

import type { ReactElement } from 'react'
import type { PopoverContent } from '@/components/ui/overlays/popover-panel'
import { useOpener } from '@/components/ui/overlays/use-opener'
import { usePanels } from '@/components/ui/overlays/use-panels'

type PopoverProps = PopoverContent & { trigger: ReactElement; open: boolean; onOpenChange: (open: boolean) => void }

export function Popover({ trigger, open, onOpenChange, ...content }: PopoverProps) {
  const { rendered, opener } = useOpener(trigger, 'dialog', open, onOpenChange)
  const panels = usePanels(open, onOpenChange)
  return (
    <>
      {rendered}
      {panels && <panels.PopoverPanel {...content} opener={opener} onOpenChange={onOpenChange} />}
    </>
  )
}
