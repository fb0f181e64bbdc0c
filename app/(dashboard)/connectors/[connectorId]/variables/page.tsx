import { notFound } from 'next/navigation'
import { Section } from '@/components/ui/section'
import { VariablesEditor } from '@/components/variables/variables-editor'
import { getConnector } from '@/lib/connectors/get-connector'
import { may } from '@/lib/domain/access/actor'
import { requireActor } from '@/lib/platform/session/actor'
import { listVariables } from '@/lib/variables/list-variables'

export const metadata = { title: 'Connector variables' }

export default async function ConnectorVariablesPage({ params }: { params: Promise<{ connectorId: string }> }) {
  const actor = await requireActor()
  const { connectorId } = await params
  const owner = { level: 'connector' as const, connectorId, ownerId: connectorId }
  const [connector, variables] = await Promise.all([getConnector(actor, { connectorId }), listVariables(actor, owner)])
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
