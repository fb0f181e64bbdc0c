'use client'

import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react'
import type { PaletteRights } from '@/components/search/palette-actions'
import { useTypedAhead } from '@/components/search/use-typed-ahead'
import { lazyPart } from '@/components/ui/lazy-part'
import { useWantedPart } from '@/components/ui/use-open-part'

const palette = lazyPart(() => import('@/components/search/palette'))

const OpenPalette = createContext<() => void>(() => undefined)

export function useOpenPalette(): () => void {
  return useContext(OpenPalette)
}

/** Provides the palette and its shortcut, ⌘K or Ctrl+K. */
export function PaletteProvider({ rights, children }: { rights: PaletteRights; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const isOpen = useRef(false)
  const show = useCallback((next: boolean) => {
    isOpen.current = next
    setOpen(next)
    setTyped('')
  }, [])
  // It stays mounted when it closes, so that a running check continues.
  const loaded = useWantedPart(palette, open, 'The search', () => show(false))
  useTypedAhead(open && !loaded, setTyped, () => show(false))
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      show(!isOpen.current)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [show])
  return (
    <OpenPalette value={() => show(true)}>
      {children}
      {loaded && <loaded.Palette rights={rights} open={open} startsWith={typed} onOpenChange={show} />}
    </OpenPalette>
  )
}
