'use client'

import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { useCurrentInView } from '@/components/ui/use-current-in-view'

type LinkTab = {
  href: string
  label: string
  badge?: ReactNode
  /** For a tab whose address is the parent of the others. */
  exact?: boolean
  /** For a tab whose address does not say it. */
  current?: boolean
}

/**
 * Tabs that are links: each has its own page. With `exact` a tab is current only on its own path, otherwise also on the
 * pages below it.
 */
export function LinkTabs({ tabs, label, exact = false }: { tabs: LinkTab[]; label: string; exact?: boolean }) {
  const pathname = usePathname()
  const search = useSearchParams()
  const row = useCurrentInView<HTMLElement>('[aria-current]', pathname)
  const isCurrent = ({ href, exact: ownExact = exact, current }: LinkTab) => {
    if (current !== undefined) return current
    const [path = '', query] = href.split('?')
    if (query !== undefined)
      return path === pathname && [...new URLSearchParams(query)].every(([key, value]) => search.get(key) === value)
    return pathname === path || (!ownExact && pathname.startsWith(`${path}/`))
  }
  return (
    <nav ref={row} aria-label={label} className="-mb-px overflow-x-auto border-b">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              aria-current={isCurrent(tab) ? 'page' : undefined}
              className={cn(
                'relative flex h-9 items-center gap-1.5 px-2.5 text-base whitespace-nowrap text-muted hover:text-foreground focus-visible:-outline-offset-2',
                'aria-[current]:font-medium aria-[current]:text-foreground aria-[current]:after:absolute aria-[current]:after:inset-x-2 aria-[current]:after:bottom-0 aria-[current]:after:h-0.5 aria-[current]:after:bg-accent',
              )}
            >
              {tab.label}
              {tab.badge}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
