import { LinkTabs } from '@/components/ui/link-tabs'
import { overviewOf, sectionsOf } from '@/components/connectors/sections'
import type { ConnectorHeader } from '@/lib/connectors/views'

/** The overview, and the four sections of the builder, the first of which has the connector's own address. */
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
  const overview = { href: overviewOf(connector.id), label: 'Overview' }
  return <LinkTabs label="Connector" tabs={[overview, ...tabs]} />
}
