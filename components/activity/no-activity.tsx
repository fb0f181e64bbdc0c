import { Activity, SearchX } from 'lucide-react'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'

const words = {
  requests: {
    title: 'No requests yet',
    purpose:
      'Every request to a third party is listed here, with its response and timing. The first is sent when you add an instance or run a connection shape.',
    all: 'Show all requests',
    href: '/activity',
  },
  changes: {
    title: 'No changes yet',
    purpose: 'Every change to a connector, an instance or a flow is listed here, with who made it.',
    all: 'Show all changes',
    href: '/activity/changes',
  },
}

/** Nothing matches, or nothing has happened yet. */
export function NoActivity({ view, filtered }: { view: 'requests' | 'changes'; filtered: boolean }) {
  const { title, purpose, all, href } = words[view]
  if (filtered) {
    return (
      <EmptyState icon={SearchX} title="Nothing matches" actions={<ButtonLink href={href}>{all}</ButtonLink>}>
        No {view} match this search and these filters.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={Activity} title={title} actions={<ButtonLink href="/connectors">Go to connectors</ButtonLink>}>
      {purpose}
    </EmptyState>
  )
}
