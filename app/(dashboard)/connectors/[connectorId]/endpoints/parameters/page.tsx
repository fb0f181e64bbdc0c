import { notFound } from 'next/navigation'
import { SharedParameters } from '@/components/connector-parameters/shared-parameters'
import { EndpointsTabs } from '@/components/endpoints/endpoints-tabs'
import { Section } from '@/components/ui/section'
import { getConnectorParameters } from '@/lib/connector-parameters/get-connector-parameters'
import { may } from '@/lib/domain/access/actor'
import { requireActor } from '@/lib/platform/session/actor'
import { connectorTitle } from '../../connector-of-page'

export const generateMetadata = ({ params }: { params: Promise<{ connectorId: string }> }) =>
  connectorTitle(params, 'Shared parameters')

export default async function SharedParametersPage({ params }: { params: Promise<{ connectorId: string }> }) {
  const actor = await requireActor()
  const { connectorId } = await params
  const shared = await getConnectorParameters(actor, { connectorId })
  if (!shared.ok) notFound()
  return (
    <Section
      title="Shared parameters"
      description="Sent with every endpoint request and test request of this connector. If an authentication method or an endpoint has a parameter with the same key, that one is sent instead."
    >
      <EndpointsTabs connectorId={connectorId} />
      <SharedParameters shared={shared.value} canChange={may(actor, 'change')} />
    </Section>
  )
}
