'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'

/** Together about a second. */
const mostLooks = 20

/**
 * If the control that led to another page no longer exists there, the heading of the new page takes the focus. A field
 * that takes the focus itself and a link of the navigation keep it.
 */
export function ArrivalFocus() {
  const pathname = usePathname()
  const last = useRef(pathname)
  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    // A dialog that closes with the old page first returns the focus, which may take a while on a busy machine. If its
    // opener no longer exists either, the focus goes to #main.
    let looks = 0
    const timer = setInterval(() => {
      looks += 1
      const main = document.getElementById('main')
      const heading = main?.querySelector<HTMLElement>('h1')
      if ((document.activeElement === document.body || document.activeElement === main) && heading) {
        heading.tabIndex = -1
        heading.focus({ preventScroll: true })
        clearInterval(timer)
      } else if (looks === mostLooks) clearInterval(timer)
    }, 50)
    return () => clearInterval(timer)
  }, [pathname])
  return null
}
