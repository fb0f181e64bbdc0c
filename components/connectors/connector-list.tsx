'use client'

import { ConnectorCard } from '@/components/connectors/connector-card'
import type { ConnectorFilter } from '@/lib/connectors/schema'
import type { ConnectorSummary } from '@/lib/connectors/views'

type ConnectorListProps = {
  connectors: ConnectorSummary[]
  filter: ConnectorFilter
  canChange: boolean
  canRun: boolean
  highlightedId: string | null
}

export function ConnectorList({ connectors, filter, canChange, canRun, highlightedId }: ConnectorListProps) {
  const spokenName = ({ name, versionLabel }: ConnectorSummary) => {
    const namesakes = connectors.filter((other) => other.name === name).length > 1
    return namesakes && versionLabel !== '' ? `${name} ${versionLabel}` : name
  }
  return (
    <div className="grid gap-3">
      {connectors.map((connector) => (
        <ConnectorCard
          key={connector.id}
          connector={connector}
          spokenName={spokenName(connector)}
          canChange={canChange}
          canRun={canRun}
          highlightedId={highlightedId}
          allHref={filter.connectorId ? null : allInstancesHref(connector.id, filter)}
        />
      ))}
    </div>
  )
}

/** The same search, limited to one connector. */
function allInstancesHref(connectorId: string, { q, status }: ConnectorFilter): string {
  return `/connectors?${new URLSearchParams({ connector: connectorId, ...(q && { q }), ...(status && { status }) })}`
}
