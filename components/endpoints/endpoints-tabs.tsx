import { LinkTabs } from '@/components/ui/link-tabs'

/** A connector's endpoints, which methods they accept, and what is sent with all of them. */
export function EndpointsTabs({ connectorId }: { connectorId: string }) {
  const base = `/connectors/${connectorId}/endpoints`
  return (
    <LinkTabs
      label="Endpoints"
      exact
      tabs={[
        { href: base, label: 'List' },
        { href: `${base}/matrix`, label: 'Authentication matrix' },
        { href: `${base}/parameters`, label: 'Shared parameters' },
      ]}
    />
  )
}
