'use client'

import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useSelectedLayoutSegments } from 'next/navigation'
import type { ReactNode } from 'react'
import { overviewOf, sectionsOf } from '@/components/connectors/sections'
import { Badge } from '@/components/ui/badge'
import type { ConnectorDetail } from '@/lib/connectors/views'

type SmallConnectorHeadingProps = {
  connector: Pick<ConnectorDetail, 'id' | 'name' | 'versionLabel'>
  icon: ReactNode
  actions: ReactNode
  /** The heading of the overview, which replaces this one. */
  overview: ReactNode
}

const link = 'inline-flex min-h-6 min-w-0 items-center rounded-sm break-words hover:text-foreground hover:underline'

/** Any other path below a section is a method or an endpoint. */
const pagesOfSections = ['matrix', 'parameters']

/**
 * One line above every page of a connector except its overview. For a section it is the heading. A method or an
 * endpoint has its own heading, and this line contains links back to the section and the connector.
 */
export function SmallConnectorHeading({ connector, icon, actions, overview }: SmallConnectorHeadingProps) {
  const { id, name, versionLabel } = connector
  const [section, item] = useSelectedLayoutSegments()
  if (section === 'overview') return overview
  const isItem = item !== undefined && !pagesOfSections.includes(item)
  const parent = isItem && sectionsOf(id).find(({ href }) => href.endsWith(`/${section}`))
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <nav aria-label="Breadcrumbs" className="min-w-0 grow">
        <ol className="flex min-h-8 flex-wrap items-center gap-x-1 text-sm text-muted">
          <Crumb>
            <Link href="/connectors" className={link}>
              Manage connectors
            </Link>
          </Crumb>
          <Crumb>
            <ChevronRight aria-hidden className="size-3.5 shrink-0 text-faint" />
            <span className="mx-1 flex">{icon}</span>
            {parent ? (
              <Link href={overviewOf(id)} className={link}>
                {name}
              </Link>
            ) : (
              <h1 className="min-w-0 text-lg font-semibold tracking-tight break-words text-foreground">{name}</h1>
            )}
            {versionLabel && <Badge tone="outline">{versionLabel}</Badge>}
          </Crumb>
          {parent && (
            <Crumb>
              <ChevronRight aria-hidden className="size-3.5 shrink-0 text-faint" />
              <Link href={parent.href} className={link}>
                {parent.label}
              </Link>
            </Crumb>
          )}
        </ol>
      </nav>
      <div className="flex flex-wrap items-center gap-2">{actions}</div>
    </header>
  )
}

function Crumb({ children }: { children: ReactNode }) {
  return <li className="flex min-w-0 items-center gap-1">{children}</li>
}
