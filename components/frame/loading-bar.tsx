'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import { pageHasLoaded, pageIsShown } from '@/components/frame/page-loading'

/** A bar at the top while a page loads: on a slow connection, every click has an immediate effect. */
export function LoadingBar() {
  const pathname = usePathname()
  const search = useSearchParams()
  useEffect(() => pageIsShown(location.pathname + location.search), [pathname, search])
  useEffect(() => {
    // Also if the router returns to the page that it came from.
    const navigation = 'navigation' in window ? window.navigation : undefined
    navigation?.addEventListener('currententrychange', pageHasLoaded)
    return () => navigation?.removeEventListener('currententrychange', pageHasLoaded)
  }, [])
  return <div aria-hidden className="loading-bar" />
}
