'use client'

import { Search } from 'lucide-react'
import { Shortcut } from '@/components/ui/shortcut'
import { useOpenPalette } from '@/components/search/palette-provider'

export function PaletteButton() {
  const open = useOpenPalette()
  return (
    <button
      type="button"
      onClick={open}
      aria-keyshortcuts="Meta+K Control+K"
      className="flex h-8 shrink-0 items-center gap-2 rounded-md border border-line-strong bg-surface px-2 text-muted shadow-sm hover:bg-hover hover:text-foreground"
    >
      <Search aria-hidden className="size-4" />
      <span className="sr-only grow text-left md:not-sr-only">
        Search<span className="sr-only"> everything</span>
      </span>
      <Shortcut letter="K" className="max-md:hidden" />
    </button>
  )
}
