'use client'

import { useState, type ReactElement } from 'react'
import type { MenuItem } from '@/components/ui/overlays/menu-panel'
import { useOpener } from '@/components/ui/overlays/use-opener'
import { usePanels } from '@/components/ui/overlays/use-panels'

export type { MenuItem }

type DropdownMenuProps = { trigger: ReactElement; items: MenuItem[]; align?: 'start' | 'end' }

export function DropdownMenu({ trigger, items, align }: DropdownMenuProps) {
  const [openedBy, setOpenedBy] = useState<'key' | 'pointer' | null>(null)
  const isOpen = openedBy !== null
  const show = (open: boolean, isKey = false) => setOpenedBy(open ? (isKey ? 'key' : 'pointer') : null)
  const panels = usePanels(isOpen, show)
  const { rendered, opener, openerId } = useOpener(trigger, 'menu', { isOpen, isReady: panels !== null }, show)
  return (
    <>
      {rendered}
      {panels && (
        <panels.MenuPanel
          items={items}
          align={align}
          isOpenedByKey={openedBy === 'key'}
          opener={opener}
          openerId={openerId}
          onOpenChange={show}
        />
      )}
    </>
  )
}
