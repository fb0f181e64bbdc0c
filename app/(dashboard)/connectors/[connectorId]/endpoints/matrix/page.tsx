import { notFound } from 'next/navigation'
import { MatrixEditor } from '@/components/enablement/matrix-editor'
import { EndpointsTabs } from '@/components/endpoints/endpoints-tabs'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Section } from '@/components/ui/section'
import { may } from '@/lib/domain/access/actor'
import { getMatrix } from '@/lib/enablement/get-matrix'
import { requireActor } from '@/lib/platform/session/actor'
import { connectorTitle } from '../../connector-of-page'

export const generateMetadata = ({ params }: { params: Promise<{ connectorId: string }> }) =>
  connectorTitle(params, 'Authentication matrix')

export default async function MatrixPage({ params }: { params: Promise<{ connectorId: string }> }) {
  const actor = await requireActor()
  const { connectorId } = await params
  const matrix = await getMatrix(actor, { connectorId })
  if (!matrix.ok) notFound()
  const { methods, endpoints } = matrix.value
  const missing = methods.length === 0 ? 'authentication' : endpoints.length === 0 ? 'endpoints' : null
  return (
    <Section
      title="Authentication matrix"
      description="Which endpoint accepts which method. Changes take effect when you apply them."
    >
      <EndpointsTabs connectorId={connectorId} />
      {missing ? (
        <EmptyState
          title={missing === 'authentication' ? 'No authentication methods yet' : 'No endpoints yet'}
          actions={
            <ButtonLink href={`/connectors/${connectorId}/${missing}`}>
              {missing === 'authentication' ? 'Go to Authentication' : 'Go to Endpoints'}
            </ButtonLink>
          }
        >
          The matrix has a row per endpoint and a column per authentication method. Add at least one of each.
        </EmptyState>
      ) : (
        <MatrixEditor matrix={matrix.value} canChange={may(actor, 'change')} />
      )}
    </Section>
  )
}
