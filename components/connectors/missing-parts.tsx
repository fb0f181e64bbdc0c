import { Plus } from 'lucide-react'
import { ButtonLink } from '@/components/ui/button-link'
import type { ConnectorHeader } from '@/lib/connectors/views'

/** What a connector still needs before it can send a request; each link opens the form for it. */
export function MissingParts({ connector }: { connector: ConnectorHeader }) {
  const { id, methods, endpoints } = connector
  const missing = [
    { count: endpoints, what: 'an endpoint', href: `/connectors/${id}/endpoints?open=add-endpoint` },
    { count: methods, what: 'an authentication method', href: `/connectors/${id}/authentication?open=add-method` },
  ].filter(({ count }) => count === 0)
  if (missing.length === 0) return null
  return (
    <nav aria-label="Still missing" className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <p className="text-sm text-muted">This connector still needs {missing.map(({ what }) => what).join(' and ')}.</p>
      {missing.map(({ what, href }) => (
        <ButtonLink key={what} href={href} size="sm">
          <Plus aria-hidden />
          Add {what}
        </ButtonLink>
      ))}
    </nav>
  )
}
