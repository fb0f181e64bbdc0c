import { notFound } from 'next/navigation'
import { BuilderStepList } from '@/components/connectors/builder-step-list'
import { ConnectorForm } from '@/components/connectors/connector-form'
import { PageHeader } from '@/components/ui/page-header'
import { may } from '@/lib/domain/roles'
import { requireActor } from '@/lib/session/actor'

export const metadata = { title: 'Add new connector' }

export default async function NewConnectorPage() {
  const actor = await requireActor()
  if (!may(actor.role, 'change')) notFound()
  return (
    <div className="grid gap-6">
      <PageHeader title="Add new connector" breadcrumbs={[{ label: 'Manage connectors', href: '/connectors' }, { label: 'Add new connector' }]} />
      <BuilderStepList />
      <ConnectorForm connector={null} variables={[]} />
    </div>
  )
}
