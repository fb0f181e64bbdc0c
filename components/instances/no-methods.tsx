import { KeyRound } from 'lucide-react'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'

/** Shown if the connector has no method: an instance is a set of credentials for one method. */
export function NoMethods({ connector }: { connector: { id: string; name: string } }) {
  return (
    <EmptyState
      icon={KeyRound}
      title={`${connector.name} has no authentication methods yet`}
      actions={
        <ButtonLink variant="primary" href={`/connectors/${connector.id}/authentication`}>
          Go to Authentication
        </ButtonLink>
      }
    >
      An instance stores the credentials for one authentication method. First add a method in the connector&rsquo;s
      Authentication section.
    </EmptyState>
  )
}
