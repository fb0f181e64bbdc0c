import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { BuilderStepList } from '@/components/connectors/builder-step-list'
import { ConnectorForm } from '@/components/connectors/connector-form'
import { PresetGallery } from '@/components/presets/preset-gallery'
import { PageHeader } from '@/components/ui/page-header'
import { may } from '@/lib/domain/access/actor'
import { listPresets } from '@/lib/imports/list-presets'
import { requireActor } from '@/lib/platform/session/actor'

export async function generateMetadata(): Promise<Metadata> {
  if (!may(await requireActor(), 'change')) notFound()
  return { title: 'Add new connector' }
}

export default async function NewConnectorPage() {
  const actor = await requireActor()
  const presets = await listPresets(actor, {})
  if (!may(actor, 'change') || !presets.ok) notFound()
  return (
    <div className="grid gap-6">
      <PageHeader
        title="Add new connector"
        breadcrumbs={[{ label: 'Manage connectors', href: '/connectors' }, { label: 'Add new connector' }]}
      />
      <PresetGallery presets={presets.value} />
      <section aria-labelledby="own-connector" className="grid gap-6">
        <h2 id="own-connector" className="text-lg font-semibold">
          Describe an API yourself
        </h2>
        <BuilderStepList />
        <ConnectorForm connector={null} variables={[]} />
      </section>
    </div>
  )
}
