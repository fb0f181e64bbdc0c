'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useState } from 'react'

/** The state of a dialog that a link can open: `?open=<name>` in the address opens it, and closing removes that. */
export function useOpenInAddress(name: string): [open: boolean, show: (next: boolean) => void] {
  const [open, setOpen] = useState(false)
  const pathname = usePathname()
  const search = useSearchParams()
  const isAsked = search.get('open') === name
  const show = (next: boolean) => {
    setOpen(next)
    if (next || !isAsked) return
    const rest = new URLSearchParams(search)
    rest.delete('open')
    window.history.replaceState(null, '', rest.size === 0 ? pathname : `${pathname}?${rest}`)
  }
  return [open || isAsked, show]
}
