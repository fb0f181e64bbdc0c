import { Plug, SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'

/** Nothing matches, or there is nothing at all yet. */
export function NoConnectors({ filtered, actions }: { filtered: boolean; actions: ReactNode }) {
  if (filtered) {
    return (
      <EmptyState
        icon={SearchX}
        title="Nothing matches"
        actions={<ButtonLink href="/connectors">Show all connectors</ButtonLink>}
      >
        No connector and no instance fits this search and these filters.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={Plug} title="No connectors yet" actions={actions}>
      A connector describes one third-party API: how to authenticate and which endpoints there are. Instances keep the
      credentials for it, and process flows call it.
    </EmptyState>
  )
}
