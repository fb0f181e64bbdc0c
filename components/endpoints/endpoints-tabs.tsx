import { LinkTabs } from '@/components/ui/link-tabs'

/** The two faces of a connector's endpoints. */
export function EndpointsTabs({ connectorId }: { connectorId: string }) {
  const base = `/connectors/${connectorId}/endpoints`
  return (
    <LinkTabs
      label="Endpoints"
      exact
      tabs={[
        { href: base, label: 'List' },
        { href: `${base}/matrix`, label: 'Authentication matrix' },
      ]}
    />
  )
}
