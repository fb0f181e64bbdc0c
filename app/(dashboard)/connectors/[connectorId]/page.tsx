import { notFound } from 'next/navigation'
import { ConnectorFacts } from '@/components/connectors/connector-facts'
import { ConnectorForm } from '@/components/connectors/connector-form'
import { DeleteConnector } from '@/components/connectors/delete-connector'
import { may } from '@/lib/domain/access/actor'
import { requireActor } from '@/lib/platform/session/actor'
import { listVariables } from '@/lib/variables/list-variables'
import { connectorOfPage, connectorTitle } from './connector-of-page'

export const generateMetadata = ({ params }: { params: Promise<{ connectorId: string }> }) =>
  connectorTitle(params, 'Basic details')

export default async function ConnectorPage({ params }: { params: Promise<{ connectorId: string }> }) {
  const actor = await requireActor()
  const { connectorId } = await params
  const [connector, variables] = await Promise.all([
    connectorOfPage(connectorId),
    listVariables(actor, { level: 'connector', connectorId, ownerId: connectorId }),
  ])
  if (!connector.ok || !variables.ok) notFound()
  if (!may(actor, 'change')) return <ConnectorFacts connector={connector.value} />
  return (
    <div className="grid gap-10">
      <ConnectorForm connector={connector.value} variables={variables.value} />
      <DeleteConnector connector={connector.value} canRevoke={may(actor, 'administer')} />
    </div>
  )
}
