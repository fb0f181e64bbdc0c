'use client'

import { useState } from 'react'
import { ComboboxList, type ComboboxListProps } from './combobox-list'
import { PopoverPanel } from './popover-panel'
import type { Opener } from './use-opener'

type ComboboxPanelProps = Omit<ComboboxListProps, 'pointed' | 'onPoint'> & {
  id: string
  opener: Opener
  onOpenChange: (open: boolean) => void
}

export function ComboboxPanel({ id, opener, onOpenChange, ...list }: ComboboxPanelProps) {
  const [pointed, setPointed] = useState(list.chosenValue ?? '')
  return (
    <PopoverPanel
      id={id}
      label={list.searchLabel}
      opener={opener}
      onOpenChange={onOpenChange}
      className="w-(--radix-popover-trigger-width) min-w-72"
    >
      <ComboboxList {...list} pointed={pointed} onPoint={setPointed} />
    </PopoverPanel>
  )
}
