'use client'

import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import type { PaletteRights } from '@/components/search/palette-actions'
import { useTypedAhead } from '@/components/search/use-typed-ahead'
import { useLoadedOnUse } from '@/components/ui/use-loaded-on-use'

const loadPalette = () => import('@/components/search/palette')

const OpenPalette = createContext<() => void>(() => undefined)

export function useOpenPalette(): () => void {
  return useContext(OpenPalette)
}

/** Holds the palette and its key, ⌘K or Ctrl+K. */
export function PaletteProvider({ rights, children }: { rights: PaletteRights; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  const [loaded] = useLoadedOnUse(loadPalette)
  const [typed, setTyped] = useTypedAhead(open && !loaded)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      setOpen((shown) => !shown)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return (
    <OpenPalette value={() => setOpen(true)}>
      {children}
      {loaded && (
        <loaded.Palette
          rights={rights}
          open={open}
          startsWith={typed}
          onOpenChange={(next) => {
            setTyped('')
            setOpen(next)
          }}
        />
      )}
    </OpenPalette>
  )
}
