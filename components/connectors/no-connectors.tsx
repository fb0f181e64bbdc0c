import { Plug, SearchX } from 'lucide-react'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'

/** Shown if nothing matches, or if there are no connectors yet. */
export function NoConnectors({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        icon={SearchX}
        title="Nothing matches"
        actions={<ButtonLink href="/connectors">Show all connectors</ButtonLink>}
      >
        No connector or instance matches this search and these filters.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={Plug} title="No connectors yet">
      A connector describes one API: how to authenticate, and which endpoints it has. A manager of your workspace adds
      the first one.
    </EmptyState>
  )
}
