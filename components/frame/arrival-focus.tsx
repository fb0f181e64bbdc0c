'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'

/** For a second. */
const mostLooks = 20

/**
 * Where the control that led to another page is gone with the old one, focus starts at the heading of the new page. A
 * field that takes the focus itself and a link of the navigation keep it.
 */
export function ArrivalFocus() {
  const pathname = usePathname()
  const last = useRef(pathname)
  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    // A dialog that leaves with the old page gives the focus back first, on a busy machine a while later.
    let looks = 0
    const timer = setInterval(() => {
      looks += 1
      const heading = document.querySelector<HTMLElement>('#main h1')
      if (document.activeElement === document.body && heading) {
        heading.tabIndex = -1
        heading.focus({ preventScroll: true })
        clearInterval(timer)
      } else if (looks === mostLooks) clearInterval(timer)
    }, 50)
    return () => clearInterval(timer)
  }, [pathname])
  return null
}
