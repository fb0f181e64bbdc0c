'use client'

import { Dialog } from 'radix-ui'
import { PaletteList } from '@/components/search/palette-list'
import type { PaletteRights } from '@/components/search/palette-actions'
import { useCheckInstance } from '@/components/search/use-check-instance'

type PaletteProps = {
  rights: PaletteRights
  open: boolean
  /** Typed before the palette was loaded. */
  startsWith: string
  onOpenChange: (open: boolean) => void
}

export function Palette({ rights, open, startsWith, onOpenChange }: PaletteProps) {
  const check = useCheckInstance()
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-overlay" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusAtEnd}
          className="fixed inset-x-3 top-[12vh] z-50 mx-auto max-w-xl animate-rise overflow-hidden rounded-xl bg-raised shadow-float focus:outline-none"
        >
          <Dialog.Title className="sr-only">Search everything</Dialog.Title>
          <PaletteList rights={rights} startsWith={startsWith} onCheck={check} onClose={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** Otherwise the text that was typed ahead would be selected, and the next key would replace it. */
function focusAtEnd(event: Event) {
  const input = (event.currentTarget as HTMLElement).querySelector('input')
  if (!input) return
  event.preventDefault()
  input.focus()
  input.setSelectionRange(input.value.length, input.value.length)
}
