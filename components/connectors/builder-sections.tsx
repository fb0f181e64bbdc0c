import { LinkTabs } from '@/components/ui/link-tabs'
import { sectionsOf } from '@/components/connectors/sections'
import type { ConnectorHeader } from '@/lib/connectors/views'

/** The four sections of the builder. The first is the connector's own address, above which all others lie. */
export function BuilderSections({ connector }: { connector: ConnectorHeader }) {
  const counts = [null, connector.variables, connector.methods, connector.endpoints]
  const tabs = sectionsOf(connector.id).map((section, index) => ({
    href: section.href,
    label: section.label,
    exact: index === 0,
    badge: counts[index] ? (
      <span className="tabular text-xs text-muted">{counts[index]!.toLocaleString('en-GB')}</span>
    ) : undefined,
  }))
  return <LinkTabs label="Connector" tabs={tabs} />
}
