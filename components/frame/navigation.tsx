'use client'

import { Activity, Cable, Settings, Workflow, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useFailingCount } from '@/components/frame/use-failing-count'
import { counted } from '@/lib/domain/counted'

type Place = { href: string; label: string; icon: LucideIcon; also?: string }

const flowPlaces: Place[] = [
  { href: '/flows', label: 'Flows', icon: Workflow },
  { href: '/connectors', label: 'Connectors & instances', icon: Cable, also: '/instances' },
]
const otherPlaces: Place[] = [
  { href: '/activity', label: 'Activity', icon: Activity },
  { href: '/settings', label: 'Settings', icon: Settings },
]

/** `onGo` closes the sheet that contains it on a phone. */
export function Navigation({ failing, onGo }: { failing: number; onGo?: () => void }) {
  const count = useFailingCount(failing)
  return (
    <nav aria-label="Main" className="grid gap-4">
      <div className="grid gap-1">
        <h2 id="process-flows" className="px-2 text-xs font-medium text-faint">
          Process flows
        </h2>
        <Places places={flowPlaces} labelledBy="process-flows" failing={count} onGo={onGo} />
      </div>
      <Places places={otherPlaces} failing={0} onGo={onGo} />
    </nav>
  )
}

type PlacesProps = { places: Place[]; labelledBy?: string; failing: number; onGo?: () => void }

function Places({ places, labelledBy, failing, onGo }: PlacesProps) {
  const pathname = usePathname()
  const isHere = (path: string) => pathname === path || pathname.startsWith(`${path}/`)
  return (
    <ul aria-labelledby={labelledBy} className="grid gap-px">
      {places.map(({ href, label, icon: Icon, also }) => (
        <li key={href} className="relative">
          <Link
            href={href}
            onClick={onGo}
            aria-current={isHere(href) || (also !== undefined && isHere(also)) ? 'page' : undefined}
            className="flex h-8 items-center gap-2 rounded-md px-2 text-muted hover:bg-hover hover:text-foreground aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-foreground"
          >
            <Icon aria-hidden className="size-4 shrink-0" />
            {label}
          </Link>
          {href === '/connectors' && failing > 0 && (
            <Link
              href="/connectors"
              onClick={onGo}
              aria-label={counted(failing, 'failing instance')}
              className="tabular absolute top-1 right-1.5 flex h-6 min-w-6 items-center justify-center rounded-full bg-bad-subtle px-1.5 text-xs font-medium text-bad"
            >
              {failing > 99 ? '99+' : failing}
            </Link>
          )}
        </li>
      ))}
    </ul>
  )
}
