import Link from 'next/link'
import { MethodList } from '@/components/authentication-methods/method-list'
import { ButtonLink } from '@/components/ui/button-link'
import { Section } from '@/components/ui/section'
import type { MethodSummary } from '@/lib/authentication-methods/views'
import type { ConnectorDetail } from '@/lib/connectors/views'
import { counted } from '@/lib/domain/counted'

type ConnectorMethodsProps = { connector: ConnectorDetail; methods: MethodSummary[]; canChange: boolean }

/** The first methods of a connector, and how many of its endpoints accept each. */
export function ConnectorMethods({ connector, methods, canChange }: ConnectorMethodsProps) {
  const href = `/connectors/${connector.id}/authentication`
  return (
    <Section
      title="Authentication methods"
      description={
        connector.methods === 0
          ? 'A method describes how this API authenticates its callers. Every instance needs one.'
          : 'How this API authenticates its callers, and how many endpoints accept each method.'
      }
      actions={
        canChange &&
        connector.methods === 0 && (
          <ButtonLink href={href} variant="primary">
            Add the first method
          </ButtonLink>
        )
      }
    >
      {methods.length > 0 && (
        <MethodList connectorId={connector.id} methods={methods} endpoints={connector.endpoints} />
      )}
      {connector.methods > methods.length && (
        <Link href={href} className="justify-self-start text-accent-text hover:underline">
          Show all {counted(connector.methods, 'method')}
        </Link>
      )}
    </Section>
  )
}
