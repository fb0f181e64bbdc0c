'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import { startTransition, useEffect, useEffectEvent, useOptimistic } from 'react'

/**
 * The active tab, stored in the address: it survives a reload and *Back*, and a link can open it. A choice is shown
 * immediately, even while a save keeps the router busy.
 * @param tabs their names; the first is active when the address has none
 * @param isRead whether the server reads the page for this tab
 */
export function useTabInAddress<Tab extends string>(
  tabs: readonly Tab[],
  isRead: (tab: Tab) => boolean = () => false,
): [Tab, (next: Tab) => void] {
  const router = useRouter()
  const search = useSearchParams()
  const known = (name: string | null) => tabs.find((tab) => tab === name)
  const [tab, showAtOnce] = useOptimistic(known(search.get('tab')) ?? tabs[0]!)
  const choose = (next: Tab) =>
    startTransition(() => {
      showAtOnce(next)
      const query = new URLSearchParams(search)
      query.set('tab', next)
      // The cursor belongs to a list on the previous tab.
      query.delete('after')
      if (isRead(next)) router.replace(`?${query}`, { scroll: false })
      else window.history.replaceState(null, '', `?${query}`)
    })
  // Bookmarks from before `?tab=` existed have the name of the tab after the #.
  const openNamed = useEffectEvent(() => {
    const named = known(window.location.hash.slice(1))
    if (named) choose(named)
  })
  useEffect(() => {
    const open = () => openNamed()
    // After the effects of the router, which does not notice a change of the address before them.
    const atFirst = setTimeout(open)
    window.addEventListener('hashchange', open)
    return () => {
      clearTimeout(atFirst)
      window.removeEventListener('hashchange', open)
    }
  }, [])
  return [tab, choose]
}
