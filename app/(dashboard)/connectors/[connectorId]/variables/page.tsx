import { notFound } from 'next/navigation'
import { Section } from '@/components/ui/section'
import { VariablesEditor } from '@/components/variables/variables-editor'
import { may } from '@/lib/domain/access/actor'
import { requireActor } from '@/lib/platform/session/actor'
import { listVariables } from '@/lib/variables/list-variables'
import { connectorOfPage, connectorTitle } from '../connector-of-page'

export const generateMetadata = ({ params }: { params: Promise<{ connectorId: string }> }) =>
  connectorTitle(params, 'Connector variables')

export default async function ConnectorVariablesPage({ params }: { params: Promise<{ connectorId: string }> }) {
  const actor = await requireActor()
  const { connectorId } = await params
  const owner = { level: 'connector' as const, connectorId, ownerId: connectorId }
  const [connector, variables] = await Promise.all([connectorOfPage(connectorId), listVariables(actor, owner)])
  if (!connector.ok || !variables.ok) notFound()
  return (
    <Section
      title="Connector variables"
      description="Defined once for the whole connector. Each authentication method chooses which of them it uses."
    >
      <VariablesEditor
        owner={owner}
        revision={connector.value.revision}
        variables={variables.value}
        canChange={may(actor, 'change')}
      />
    </Section>
  )
}
