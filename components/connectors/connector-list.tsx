import { Fragment } from 'react'
import { ConnectorCard } from '@/components/connectors/connector-card'
import { FirstScreenEnd } from '@/components/frame/first-screen'
import type { ConnectorFilter } from '@/lib/connectors/schema'
import type { ConnectorSummary } from '@/lib/connectors/views'

/** A card is at least 60 pixels high. */
const cardsOfFirstScreen = 12

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
      {connectors.map((connector, index) => (
        <Fragment key={connector.id}>
          {index === cardsOfFirstScreen && <FirstScreenEnd />}
          <ConnectorCard
            connector={connector}
            spokenName={spokenName(connector)}
            canChange={canChange}
            canRun={canRun}
            highlightedId={highlightedId}
            allHref={filter.connectorId ? null : allInstancesHref(connector.id, filter)}
          />
        </Fragment>
      ))}
    </div>
  )
}

/** The same search, limited to one connector. */
function allInstancesHref(connectorId: string, { q, status }: ConnectorFilter): string {
  return `/connectors?${new URLSearchParams({ connector: connectorId, ...(q && { q }), ...(status && { status }) })}`
}
